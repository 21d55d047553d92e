import { Button, Field, Input } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "../host";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { t } from "../texts";

export function Password({ account }: { account: string }) {
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const save = useMutation({
    mutationFn: async () => host.setAccountPassword(account, password),
    onSuccess: async () => {
      setPassword("");
      await client.invalidateQueries({ queryKey: ["test-account", account] });
    },
    gcTime: 0,
  });
  return (
    <form
      className="row"
      style={{ alignItems: "end" }}
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <Field
        label={t("acc-password", { name: account })}
        validationMessage={fieldError(save.error, "password")}
      >
        <Input
          type="password"
          autoComplete="off"
          value={password}
          onChange={(_e, d) => {
            setPassword(d.value);
          }}
        />
      </Field>
      <Button type="submit" disabledFocusable={save.isPending}>
        {t("acc-set-password")}
      </Button>
      <span role="status">{save.isSuccess && t("acc-saved")}</span>
      <ErrorBar error={save.error} except={["password"]} />
    </form>
  );
}
