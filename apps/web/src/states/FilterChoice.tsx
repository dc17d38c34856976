import { Select } from '@mantine/core';
import styles from './filter-choice.module.css';

interface FilterChoiceProps<T extends string> {
  readonly name: string;
  /** What is shown where nothing is chosen. */
  readonly all: string;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly value: T | undefined;
  /** In pixels, where there is room. */
  readonly width: number;
  readonly isSearchable?: boolean;
  readonly onChoose: (value: T | undefined) => void;
}

/** One of several values that narrow a list, or none of them. */
export function FilterChoice<T extends string>(props: FilterChoiceProps<T>) {
  const { name, all, choices, value, width, isSearchable = false, onChoose } = props;
  // What the address asks for can be seen and taken away, also where nobody knows it.
  const isKnown = value === undefined || choices.some((choice) => choice.value === value);
  return (
    <Select
      size="xs"
      w={{ base: '100%', xs: width }}
      aria-label={name}
      classNames={{ input: styles['input'] ?? '' }}
      data-chosen={value !== undefined}
      placeholder={all}
      clearable
      clearButtonProps={{ 'aria-label': all }}
      searchable={isSearchable}
      data={isKnown ? [...choices] : [...choices, { value, label: value }]}
      value={value ?? null}
      onChange={(chosen) => onChoose(choices.find((choice) => choice.value === chosen)?.value)}
    />
  );
}
