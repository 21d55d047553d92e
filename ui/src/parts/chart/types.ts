/** What is counted, in the order in which it is piled up. */
export interface Series {
  id: string;
  name: string;
  /** One of the looks that chart.css has. */
  look: "good" | "plain" | "warn" | "bad" | "quiet";
}

/** A day, an hour: what was counted then. */
export interface Column {
  at: number;
  /** Its name where there is room for all of it. */
  name: string;
  /** Below the chart, where it is short. */
  short: string;
  values: Record<string, number>;
  /** Said of it besides, where it is asked for. */
  more: { name: string; words: string }[];
}
