import { holds, refused, same, type Case } from "./contract-checks";

/** What is told of names, before anybody was imported or signed in. */
export const told: Case = {
  name: "a name is explained, also one that nobody has",
  run: async (host) => {
    await refused(host.explain(" "), "invalid_input", "user");
    const nobody = await host.explain("nobody-of-that-name");
    same([nobody.people, nobody.not_in, nobody.not_asked], [[], ["Corporate"], []], "a name of nobody");
    const asked = { from_ms: null, to_ms: null, outcome: null, search: null, before: null, limit: 10 };
    for (const page of [await host.signIns(asked), await host.activations(asked)])
      same(page, { counts: {}, rows: [] }, "sign-ins before anybody signed in");
    holds((await host.history(1)).hours.length === 0, "hours with sign-ins");
  },
};
