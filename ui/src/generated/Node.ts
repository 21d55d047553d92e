export interface Node {
  name: string;
  dn: string;
  identity: string | null;
  has_children: boolean;
  members: number | null;
}
