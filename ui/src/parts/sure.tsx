import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { t } from "../texts";

/** A removal that asks once more, in place. */
export function Sure({ question, onYes }: { question: string; onYes: () => void }) {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <Button
        onClick={() => {
          setAsked(true);
        }}
      >
        {t("act-remove")}
      </Button>
    );
  return (
    <span className="row" role="alert">
      {question}{" "}
      <Button
        onClick={() => {
          setAsked(false);
        }}
      >
        {t("act-cancel")}
      </Button>
      <Button
        appearance="primary"
        onClick={() => {
          setAsked(false);
          onYes();
        }}
      >
        {t("act-remove")}
      </Button>
    </span>
  );
}
