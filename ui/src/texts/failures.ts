import type { Failure } from "../generated";
import { find, type Language } from "./catalogue";

export interface Words {
  message: string;
  action: string;
  /** What the program said in English, where that is something else. */
  original: string | null;
}

/** A failure in the words of a language. The program speaks English; its sentence often says more than the code does. */
export function failureIn(language: Language, { code, message, action }: Failure): Words {
  const translated = find(language, `failure-${code}`);
  const advice = find(language, `failure-${code}`, {}, "action");
  if (!translated || !advice) return { message, action, original: null };
  return { message: translated, action: advice, original: `${message} ${action}` };
}
