"use client";
import { useState } from "react";
import type { ConfigFormat } from "@/lib/api/configs";
import { type Amount, fromAmount, listItems, toAmount, unitsOf } from "@/lib/client/config-values";
import { Checkbox } from "./checkbox";
import { Input } from "./input";
import { Select } from "./select";

type Props = {
  format: ConfigFormat;
  /** What Kafka holds. What cannot be read as one is handed on as it was typed, for the caller to refuse. */
  value: string;
  onChange: (value: string) => void;
  /** The name of the config. */
  label: string;
  invalid?: boolean;
  /** Secrets are not shown while they are typed. */
  secret?: boolean;
};

/** The control for one config, by what kind of value it is: amount and unit, choices, a list, a number, text. */
export function TypedInput(props: Props) {
  const { format, value, onChange, label, invalid = false, secret = false } = props;
  switch (format.kind) {
    case "duration":
    case "size":
      return <AmountInput {...props} />;
    case "integer":
      return format.words.length > 0 ? <AmountInput {...props} /> : <NumberInput {...props} />;
    case "decimal":
      return <NumberInput {...props} />;
    case "boolean":
    case "choice":
    case "level":
      return (
        <Select
          aria-label={label}
          value={value}
          options={withCurrent(format.choices, value).map((choice) => ({ value: choice, label: choice || "not set" }))}
          onChange={onChange}
          className="w-[164px]"
        />
      );
    case "list":
      if (format.choices.length > 0) return <ChoicesInput {...props} />;
      break;
    default:
  }
  return (
    <Input
      aria-label={label}
      mono
      type={secret ? "password" : "text"}
      value={value}
      invalid={invalid}
      onChange={onChange}
      placeholder={format.kind === "list" ? "a, b, c" : undefined}
      className="w-full"
    />
  );
}

/** A value that is none of the choices known here is still what Kafka holds. */
const withCurrent = (choices: string[], value: string): string[] =>
  choices.includes(value) ? choices : [value, ...choices];

function NumberInput({ value, onChange, label, invalid }: Props) {
  return (
    <Input
      aria-label={label}
      inputMode="decimal"
      value={value}
      invalid={invalid}
      onChange={(text) => onChange(text.replace(/[\s\u00a0\u202f]/g, ""))}
      className="w-[120px] tabular-nums"
    />
  );
}

/** Several of the choices, in their order. */
function ChoicesInput({ format, value, onChange, label }: Props) {
  const chosen = listItems(value);
  const all = [...format.choices, ...chosen.filter((item) => !format.choices.includes(item))];
  return (
    <fieldset className="flex flex-wrap gap-x-3 gap-y-1">
      <legend className="sr-only">{label}</legend>
      {all.map((choice) => (
        <Checkbox
          key={choice}
          checked={chosen.includes(choice)}
          onChange={(on) => onChange(all.filter((item) => (item === choice ? on : chosen.includes(item))).join(","))}
        >
          {choice}
        </Checkbox>
      ))}
    </fieldset>
  );
}

/** A number with its unit; the words Kafka has for special numbers ("no limit") stand among the units. */
function AmountInput({ format, value, onChange, label, invalid }: Props) {
  const units = unitsOf(format);
  const [typed, setTyped] = useState<Amount>(() => toAmount(format, value));
  const word = format.words.find((known) => known.value === value);
  const typedRaw = units.length > 0 ? fromAmount(format, typed) : typed.amount;
  // 90 minutes stay 90 minutes while they are typed; a value from outside is shown in the unit that suits it.
  const shown = (typedRaw ?? typed.amount) === value ? typed : toAmount(format, value);
  const options = [
    ...(units.length > 0
      ? units.map(({ id, label: name }) => ({ value: id, label: name }))
      : [{ value: "", label: "number" }]),
    ...format.words.map((known) => ({ value: `=${known.value}`, label: known.word })),
  ];
  const tell = (next: Amount) => {
    setTyped(next);
    onChange((units.length > 0 ? fromAmount(format, next) : null) ?? next.amount);
  };
  const choose = (choice: string) => {
    if (choice.startsWith("=")) return onChange(choice.slice(1));
    // From "no limit" to a unit: one of it, to start from.
    tell({ amount: word ? "1" : shown.amount, unit: choice });
  };
  return (
    <span className="flex min-w-0 items-center gap-1">
      {!word && (
        <Input
          aria-label={label}
          inputMode="decimal"
          value={shown.amount}
          invalid={invalid}
          onChange={(amount) => tell({ ...shown, amount })}
          className="w-[72px] tabular-nums"
        />
      )}
      <Select
        aria-label={word ? label : `Unit of ${label}`}
        value={word ? `=${word.value}` : shown.unit}
        options={options}
        onChange={choose}
        className={word ? "w-[164px]" : "w-[96px]"}
      />
    </span>
  );
}
