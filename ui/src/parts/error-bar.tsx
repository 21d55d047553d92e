import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { asFailure } from "../host/failure";
import { language, t } from "../texts";
import { failureIn } from "../texts/failures";

/** What happened and what to do; the code is behind Details. */
export function ErrorBar({ error, except = [] }: { error: unknown; except?: string[] }) {
  if (!error) return null;
  const failure = asFailure(error);
  if (failure.field && except.includes(failure.field)) return null;
  const words = failureIn(language, failure);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{words.message}</MessageBarTitle> {words.action}
        <details>
          <summary>{t("act-details")}</summary>
          <code>{failure.code}</code> {words.original}
        </details>
      </MessageBarBody>
    </MessageBar>
  );
}

/** The message for one field, if the error belongs to it. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!error) return undefined;
  const failure = asFailure(error);
  if (failure.field !== field) return undefined;
  const words = failureIn(language, failure);
  // At a field the program's own sentence stays: it names what exactly is wrong with the value.
  return words.original
    ? `${words.message} ${words.action} (${failure.message})`
    : `${words.message} ${words.action}`;
}
