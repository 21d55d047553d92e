import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { asFailure } from "../host/failure";
import { t } from "../texts";

/** What happened and what to do; the code is behind Details. */
export function ErrorBar({ error, except = [] }: { error: unknown; except?: string[] }) {
  if (!error) return null;
  const failure = asFailure(error);
  if (failure.field && except.includes(failure.field)) return null;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{failure.message}</MessageBarTitle> {failure.action}
        <details>
          <summary>{t("act.details")}</summary>
          <code>{failure.code}</code>
        </details>
      </MessageBarBody>
    </MessageBar>
  );
}

/** The message for one field, if the error belongs to it. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!error) return undefined;
  const failure = asFailure(error);
  return failure.field === field ? `${failure.message} ${failure.action}` : undefined;
}
