import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from "@fluentui/react-components";
import { t } from "../texts";

interface Props {
  question: string;
  /** What is done, in the words of its button. */
  act?: string;
  /** Small in a row of a table. */
  size?: "small" | "medium";
  onYes: () => void;
}

/** A removal that asks once more. Keeping is what happens unless somebody says otherwise. */
export function Sure({ question, act = t("act-remove"), size = "medium", onYes }: Props) {
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button size={size}>{act}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{act}</DialogTitle>
          <DialogContent>{question}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{t("act-cancel")}</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" className="danger" onClick={onYes}>
                {act}
              </Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
