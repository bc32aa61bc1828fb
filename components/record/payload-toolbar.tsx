"use client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import type { Payload, PayloadFormat } from "@/lib/api/payloads";
import { messageTypesQuery } from "@/lib/client/messages";
import { type PayloadPlace, payloadAddress } from "./payload-download";
import { PayloadFind } from "./payload-find";
import type { Marks } from "./payload-marked";
import { formatOptions } from "./payload-names";

const lookNames = { tree: "Tree", raw: "Raw", hex: "Hex" } as const;
export type Look = keyof typeof lookNames;

type Props = PayloadPlace & {
  payload: Payload;
  /** What the bytes speak for; null where it is not known. */
  detected: PayloadFormat | null;
  choice: string;
  onChoose: (choice: string) => void;
  look: Look;
  looks: Look[];
  onLook: (look: Look) => void;
  words: string;
  marks: Marks;
  onWords: (words: string) => void;
  onStep: (step: 1 | -1) => void;
};

/** How a payload is read, how it is laid out, what is looked for in it, and how to take it away. */
export function PayloadToolbar({ payload, detected, choice, onChoose, look, looks, onLook, ...rest }: Props) {
  const { words, marks, onWords, onStep, ...at } = rest;
  const types = useQuery({ ...messageTypesQuery(at.cluster), enabled: choice.startsWith("protobuf") });
  const names = types.data?.items.map(({ name }) => name) ?? [];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
      <Select
        aria-label={`Format of the ${at.part}`}
        title="Auto: as the bytes speak. A choice is kept for this topic"
        value={choice}
        options={formatOptions(at.topic, detected, names, choice)}
        onChange={onChoose}
        className="max-w-[180px] *:field-sizing-content"
      />
      <Segmented
        label="Layout"
        value={look}
        options={looks.map((value) => ({ value, label: lookNames[value] }))}
        onChange={onLook}
      />
      <div className="flex min-w-[178px] flex-1 items-center gap-2">
        <PayloadFind
          label={`Find in ${at.part}`}
          words={words}
          marks={marks}
          onWords={onWords}
          onStep={onStep}
          className="flex-1"
        />
        <span className="flex gap-1.5">
          <CopyButton
            value={payload.text}
            label={payload.truncated ? "Copy the part shown" : `Copy the ${at.part}`}
            look="default"
          />
          <Tooltip text="Download the bytes, exactly as they are in the log">
            <a
              href={payloadAddress(at)}
              download
              aria-label={`Download the ${at.part}`}
              className="inline-flex size-control items-center justify-center rounded-control border border-border-strong bg-raised text-muted hover:bg-hover"
            >
              <Icon of={Download} />
            </a>
          </Tooltip>
        </span>
      </div>
    </div>
  );
}
