import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Input,
} from "@fluentui/react-components";
import { type FormEvent, useState } from "react";
import type { ApprovalList } from "../../generated";
import { count, t } from "../../texts";

/** More people than this, and their number is typed. */
const TYPED_ABOVE = 100;

/** Whether somebody typed the number, however their region writes it. */
export const isNumber = (typed: string, n: number): boolean => typed.replace(/[\s.,'’]/g, "") === String(n);

interface Props {
  list: ApprovalList;
  /** Why it cannot be approved now. */
  disabled: boolean;
  onYes: () => void;
}

/** The button with the number in it, and what is asked before it does anything. */
export function Confirm({ list: { kind, people }, disabled, onYes }: Props) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const danger = kind === "deactivate" ? "danger" : undefined;
  const ready = people <= TYPED_ABOVE || isNumber(typed, people);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (!ready) return;
    setOpen(false);
    onYes();
  };
  return (
    <Dialog
      modalType="alert"
      open={open}
      onOpenChange={(_e, d) => {
        setOpen(d.open);
        setTyped("");
      }}
    >
      <DialogTrigger disableButtonEnhancement>
        <Button appearance="primary" className={danger} disabled={disabled}>
          {t(`appr-do-${kind}`, { n: people })}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{t(`appr-sure-${kind}`, { n: people })}</DialogTitle>
            <DialogContent>
              <div className="column">
                <span>{t(`appr-then-${kind}`)}</span>
                {people > TYPED_ABOVE && (
                  <Field label={t("appr-type", { n: count(people) })}>
                    <Input
                      inputMode="numeric"
                      autoComplete="off"
                      value={typed}
                      onChange={(_e, d) => {
                        setTyped(d.value);
                      }}
                    />
                  </Field>
                )}
              </div>
            </DialogContent>
            <DialogActions>
              <DialogTrigger disableButtonEnhancement>
                <Button>{t("act-cancel")}</Button>
              </DialogTrigger>
              <Button type="submit" appearance="primary" className={danger} disabled={!ready}>
                {t(`appr-do-${kind}`, { n: people })}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
