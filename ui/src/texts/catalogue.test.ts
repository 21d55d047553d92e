import { describe, expect, test } from "vitest";
import { find, has } from "./catalogue";
import { failureIn } from "./failures";

/** What the window's readers see; failures are told on the command line, too. */
const files = import.meta.glob<string>(
  ["../../../src-tauri/crates/texts/*/*.ftl", "!**/command_line*.ftl", "!**/failures.ftl"],
  { query: "?raw", import: "default", eager: true },
);

/** That both languages are whole is tested where the catalogue lives; here, that the page reads it as the program does. */
describe("the catalogue, read by the page", () => {
  test("nobody, one and two are counted rightly", () => {
    const say = (language: "en" | "de", n: number) => find(language, "find-missing_email", { n });
    expect(say("en", 0)).toBe("0 people have no e-mail address and are skipped.");
    expect(say("en", 1)).toBe("1 person has no e-mail address and is skipped.");
    expect(say("en", 2)).toBe("2 people have no e-mail address and are skipped.");
    expect(say("en", 2500)).toBe("2,500 people have no e-mail address and are skipped.");
    expect(say("de", 0)).toBe("0 Personen haben keine E-Mail-Adresse und werden ausgelassen.");
    expect(say("de", 1)).toBe("1 Person hat keine E-Mail-Adresse und wird ausgelassen.");
    expect(say("de", 2)).toBe("2 Personen haben keine E-Mail-Adresse und werden ausgelassen.");
    expect(say("de", 2500)).toBe("2.500 Personen haben keine E-Mail-Adresse und werden ausgelassen.");
  });

  test("lists and errors are told in the language", () => {
    expect(find("de", "list-or", { first: ["A", "B", "C"], last: "D" })).toBe("A, B oder C oder D");
    const error = { code: "timeout", message: "It took 30 s.", action: "Try again." };
    expect(find("de", "list-or", { first: error, last: "D" })).toBe(
      "Der Vorgang endete nicht innerhalb seiner Frist. oder D",
    );
    expect(find("en", "list-or", { first: error, last: "D" })).toBe("It took 30 s. or D");
  });

  test("a failure is told by its code, and as it is where the language has no word for it", () => {
    const lost = { code: "not_found", message: 'There is no "A".', action: "Choose another." };
    expect(failureIn("de", lost)).toEqual({
      message: "Unter diesem Namen gibt es nichts.",
      action: "Wählen Sie einen der vorhandenen Namen.",
      original: 'There is no "A". Choose another.',
    });
    expect(failureIn("en", lost)).toEqual({ message: lost.message, action: lost.action, original: null });
    expect(failureIn("de", { ...lost, code: "of_tomorrow" }).message).toBe(lost.message);
  });

  test("what is not there is not there", () => {
    expect(has("en", "act-save")).toBe(true);
    expect(has("en", "act-nothing")).toBe(false);
    expect(find("de", "act-nothing")).toBeUndefined();
  });
});

test("no command of the command line is named in the window", () => {
  const named = Object.entries(files).filter(([, text]) => /insync-connector [a-z]/.test(text));
  expect(named.map(([path]) => path)).toEqual([]);
});
