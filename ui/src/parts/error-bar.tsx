import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import type { ReactElement } from "react";
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
          <code>{failure.code}</code> <span lang="en">{words.original}</span>
        </details>
      </MessageBarBody>
    </MessageBar>
  );
}

/** What is said at one field, if the error belongs to it: in the reader's language, with the original behind Details. */
export function fieldError(error: unknown, field: string): ReactElement | undefined {
  if (!error) return undefined;
  const failure = asFailure(error);
  if (failure.field !== field) return undefined;
  const words = failureIn(language, failure);
  return (
    <>
      {words.message} {words.action}
      {words.original && (
        <details>
          <summary>{t("act-details")}</summary>
          <span lang="en">{words.original}</span>
        </details>
      )}
    </>
  );
}
