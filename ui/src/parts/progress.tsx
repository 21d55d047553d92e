import { Button, ProgressBar } from "@fluentui/react-components";
import { t } from "../texts";

/** Long work: its counts, and a way out. */
export function Progress(props: { text: string; done: number; total: number | null; onCancel: () => void }) {
  const { text, done, total, onCancel } = props;
  return (
    <div className="column" style={{ gap: 8 }}>
      <div className="row">
        <span style={{ flex: 1 }}>{text}</span>
        <Button onClick={onCancel}>{t("act-cancel")}</Button>
      </div>
      <ProgressBar aria-label={text} value={total ? Math.min(1, done / total) : undefined} />
    </div>
  );
}
