import { Button, Field, Input } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PasswordNotice } from "../../generated";
import { host } from "../../host";
import { ErrorBar, fieldError } from "../../parts/error-bar";
import { Outcome, whyOf } from "../../sign-ins/outcome";
import { t } from "../../texts";

const DAY = 86_400;

/** How long an accepted password lasts. */
function noticeOf(notice: PasswordNotice): string {
  return "grace_left" in notice
    ? t("who-grace", { n: notice.grace_left })
    : t("who-expires", { n: Math.ceil(notice.expires_in_seconds / DAY) });
}

/** A sign-in on the administrator's word: what the person would see, and the true reason. */
export function TestSignIn({ user }: { user: string }) {
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const test = useMutation({
    mutationFn: async (secret: string) => host.signIn(user, secret),
    onSettled: async () => {
      setPassword("");
      await client.invalidateQueries({ queryKey: ["explain", user] });
    },
  });
  const answer = test.data;
  return (
    <form
      className="column"
      onSubmit={(e) => {
        e.preventDefault();
        if (password !== "") test.mutate(password);
      }}
    >
      <p>{t("who-test-why")}</p>
      <div className="explain-ask">
        <Field label={t("who-test-password")} validationMessage={fieldError(test.error, "password")}>
          <Input
            type="password"
            autoComplete="off"
            value={password}
            onChange={(_e, d) => {
              setPassword(d.value);
            }}
          />
        </Field>
        <Button type="submit" appearance="primary" disabledFocusable={password === "" || test.isPending}>
          {t("who-test-do")}
        </Button>
      </div>
      <ErrorBar error={test.error} except={["password"]} />
      <div role="status" className="column tight">
        {answer && (
          <>
            <Outcome outcome={answer.outcome} />
            <span>{whyOf("sign_ins", answer.outcome, answer.outcome)}</span>
            {answer.notice && <span>{noticeOf(answer.notice)}</span>}
            <span className="muted small">{t("who-test-took", { user })}</span>
          </>
        )}
      </div>
    </form>
  );
}
