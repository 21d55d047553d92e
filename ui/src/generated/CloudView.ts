export interface CloudView {
  kind: "connector" | "scim";
  url: string;
  connector_id: string;
  tenant: string | null;
}
