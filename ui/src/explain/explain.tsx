import { Button, Field, Input, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Explanation } from "../generated";
import { host } from "../host";
import { Drawer } from "../parts/drawer";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { language, t } from "../texts";
import { failureIn } from "../texts/failures";
import { ExplainedPerson } from "./person";

/** What was found out about a typed name. */
function Told({ told }: { told: Explanation }) {
  const { user, people, not_in, not_asked } = told;
  return (
    <div className="column" role="status">
      {people.length === 0 && not_asked.length === 0 && <p>{t("explain-unknown", { user })}</p>}
      {people.length > 1 && <p>{t("explain-several", { user, n: people.length })}</p>}
      {people.map((one) => (
        <ExplainedPerson key={one.account + one.identity} person={one} />
      ))}
      {not_asked.map(({ account, error }) => (
        <p key={account}>{t("explain-not-asked", { account, error: failureIn(language, error).message })}</p>
      ))}
      {people.length > 0 &&
        not_in.map((account) => (
          <p key={account} className="muted">
            {t("explain-not-in", { account })}
          </p>
        ))}
    </div>
  );
}

/** Answers why somebody can or cannot sign in, from everything that is known. An empty name is typed first. */
export function Explain({ first, onClose }: { first: string; onClose: () => void }) {
  const [typed, setTyped] = useState(first);
  const [user, setUser] = useState(first);
  const told = useQuery({
    queryKey: ["explain", user],
    queryFn: async () => host.explain(user),
    enabled: user !== "",
    gcTime: 0,
  });
  return (
    <Drawer title={t("explain-title")} onClose={onClose}>
      <form
        className="explain-ask"
        onSubmit={(e) => {
          e.preventDefault();
          if (typed.trim() === user) void told.refetch();
          else setUser(typed.trim());
        }}
      >
        <Field label={t("explain-name")} validationMessage={fieldError(told.error, "user")}>
          <Input
            value={typed}
            autoComplete="off"
            onChange={(_e, d) => {
              setTyped(d.value);
            }}
          />
        </Field>
        <Button type="submit" appearance="primary" disabledFocusable={typed.trim() === ""}>
          {t("explain-do")}
        </Button>
      </form>
      {user === "" && <p className="muted">{t("explain-empty")}</p>}
      <ErrorBar error={told.error} except={["user"]} />
      {told.isFetching && <Spinner size="small" label={t("explain-asking")} />}
      {told.data && !told.isFetching && <Told told={told.data} />}
    </Drawer>
  );
}
