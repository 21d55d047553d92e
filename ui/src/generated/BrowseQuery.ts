export interface BrowseQuery {
  under?: string;
  search?: string;
  limit?: number;
}
