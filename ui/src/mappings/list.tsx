import { Button } from "@fluentui/react-components";
import { ArrowDownRegular } from "@fluentui/react-icons/svg/arrow-down";
import { ArrowUpRegular } from "@fluentui/react-icons/svg/arrow-up";
import { ReOrderDotsVerticalRegular } from "@fluentui/react-icons/svg/re-order-dots-vertical";
import { useState } from "react";
import type { Mapping, Status } from "../generated";
import { Sure } from "../parts/sure";
import { count, t, when } from "../texts";
import { scopeWords } from "./scope-words";
import { MappingState } from "./state";

interface Props {
  mappings: Mapping[];
  status: Status | undefined;
  onMove: (name: string, position: number) => void;
  onEdit: (mapping: Mapping) => void;
  onPreview: (mapping: Mapping) => void;
  onRemove: (name: string) => void;
}

/** All mappings in their order, which is changed by dragging or by the arrows. */
export function MappingList(props: Props) {
  const [dragged, setDragged] = useState<string | null>(null);
  return (
    <table className="grid">
      <thead>
        <tr>
          {(["rank", "name", "people", "skipped", "last", "state"] as const).map((name) => (
            <th
              key={name}
              scope="col"
              className={name === "people" || name === "skipped" ? "number" : undefined}
            >
              {t(`maps-${name}`)}
            </th>
          ))}
          <th scope="col">
            <span className="unseen">{t("maps-actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.mappings.map((mapping, i) => (
          <tr
            key={mapping.name}
            aria-label={mapping.name}
            className={dragged === mapping.name ? "dragged" : undefined}
            draggable
            onDragStart={(e) => {
              // A drag without data is none in WebKitGTK.
              e.dataTransfer.setData("text/plain", mapping.name);
              e.dataTransfer.effectAllowed = "move";
              setDragged(mapping.name);
            }}
            onDragOver={(e) => {
              e.preventDefault();
              e.dataTransfer.dropEffect = "move";
            }}
            onDragEnd={() => {
              setDragged(null);
            }}
            onDrop={(e) => {
              e.preventDefault();
              const name = e.dataTransfer.getData("text/plain");
              if (name !== mapping.name && props.mappings.some((m) => m.name === name))
                props.onMove(name, i + 1);
            }}
          >
            <Row {...props} mapping={mapping} at={i} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Row(props: Props & { mapping: Mapping; at: number }) {
  const { mapping, at, mappings, status, onMove, onEdit, onPreview, onRemove } = props;
  const { name } = mapping;
  const last = status?.last_imports.find((one) => one.mapping === name);
  return (
    <>
      <td className="rank">
        <ReOrderDotsVerticalRegular fontSize={16} aria-hidden />
        <span>{at + 1}</span>
      </td>
      <td>
        <strong>{name}</strong>
        <div className="muted small">{scopeWords(mapping)}</div>
        <div className="muted small">{mapping.account}</div>
      </td>
      <td className="number">{last ? count(last.read - last.counts.skip) : "–"}</td>
      <td className="number">{last ? count(last.counts.skip) : "–"}</td>
      <td className="time">{last ? when(last.finished_ms) : "–"}</td>
      <td>{status && <MappingState name={name} status={status} />}</td>
      <td>
        <div className="row end actions">
          <Button
            size="small"
            appearance="subtle"
            icon={<ArrowUpRegular />}
            aria-label={t("maps-up", { name })}
            disabledFocusable={at === 0}
            onClick={() => {
              onMove(name, at);
            }}
          />
          <Button
            size="small"
            appearance="subtle"
            icon={<ArrowDownRegular />}
            aria-label={t("maps-down", { name })}
            disabledFocusable={at === mappings.length - 1}
            onClick={() => {
              onMove(name, at + 2);
            }}
          />
          <Button
            size="small"
            onClick={() => {
              onEdit(mapping);
            }}
          >
            {t("maps-edit")}
          </Button>
          <Button
            size="small"
            onClick={() => {
              onPreview(mapping);
            }}
          >
            {t("maps-preview")}
          </Button>
          <Sure
            size="small"
            question={t("maps-remove-sure", { name })}
            onYes={() => {
              onRemove(name);
            }}
          />
        </div>
      </td>
    </>
  );
}
