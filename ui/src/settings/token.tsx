import { Button, Field, Input } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { placeOf } from "../frame/go-to";
import { host } from "../host";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { t } from "../texts";

/** Another token of the registered SCIM service; kept only when the service takes it. */
export function Token({ url }: { url: string }) {
  const [token, setToken] = useState("");
  const save = useMutation({
    mutationFn: async () => host.changeToken(token),
    onSuccess: () => {
      setToken("");
    },
    gcTime: 0,
  });
  return (
    <form
      className="column settings-own"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <Field
        id={placeOf("cl-token")}
        label={t("cl-token")}
        validationMessage={fieldError(save.error, "token")}
      >
        <Input
          type="password"
          autoComplete="off"
          value={token}
          onChange={(_e, d) => {
            save.reset();
            setToken(d.value);
          }}
        />
      </Field>
      <ErrorBar error={save.error} except={["token"]} />
      <div className="row">
        <Button type="submit" disabledFocusable={save.isPending}>
          {t("set-token-save")}
        </Button>
        <span role="status">{save.isSuccess && t("set-token-saved", { url })}</span>
      </div>
    </form>
  );
}
