export type Change = "create" | "update" | "preserve" | "reactivate" | "adopt" | "skip" | "hold" | "unchanged";
