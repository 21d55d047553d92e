import { Button } from "@fluentui/react-components";

/** Nothing is there: what would be, and the one thing to do about it. */
export function Empty(props: { title: string; hint: string; action?: string; onAction?: () => void }) {
  const { title, hint, action, onAction } = props;
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p className="muted">{hint}</p>
      {action && onAction && <Button onClick={onAction}>{action}</Button>}
    </div>
  );
}
