export interface AttributeNames {
  email?: string;
  user_name?: string;
  display_name?: string;
  unique_id?: string;
  enabled?: string;
}
