import type { ReactNode } from "react";

/** One answer among several about a person. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="column part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
