import type { Failure } from "../generated";
import { failuresDe } from "./failures.de";

export interface Words {
  message: string;
  action: string;
  /** What the program said in English, where that is something else. */
  original: string | null;
}

/** A failure in the words of a language. The program speaks English; its sentence often says more than the code does. */
export function failureIn(language: string, { code, message, action }: Failure): Words {
  const known = language === "de" ? failuresDe[code] : undefined;
  if (!known) return { message, action, original: null };
  return { message: known[0], action: known[1], original: `${message} ${action}` };
}
