export type Security = "ldaps" | "starttls" | "plain";
