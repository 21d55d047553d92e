import { count } from "../../texts";

export interface Entry {
  id: string;
  words: string;
  people: number;
  pressed: boolean;
  /** One of the parts of the entry above it. */
  part?: boolean;
  choose: () => void;
}

/** Groups of people with how many there are; one of them is shown beside it. */
export function GroupList({ label, entries }: { label: string; entries: Entry[] }) {
  return (
    <section className="groups" aria-label={label}>
      <ul>
        {entries.map(({ id, words, people, pressed, part = false, choose }) => (
          <li key={id}>
            <button
              type="button"
              className={part ? "group deeper" : "group"}
              aria-pressed={pressed}
              onClick={choose}
            >
              <span>{words}</span>
              <span>{count(people)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
