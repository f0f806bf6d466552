import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';

type TextFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  aside?: string | undefined;
  numeric?: boolean;
  /** Latin letters in every language. */
  code?: boolean;
  long?: boolean;
  maxLength?: number;
  className?: string;
};

export function TextField({
  label,
  value,
  onChange,
  error,
  hint,
  aside,
  numeric = false,
  code = false,
  long = false,
  maxLength,
  className,
}: TextFieldProps) {
  return (
    <Field
      label={label}
      error={error}
      hint={hint}
      {...(aside ? { aside } : {})}
      className={className ?? ''}
    >
      {(control) =>
        long ? (
          <Textarea
            {...control}
            value={value}
            maxLength={maxLength}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input
            {...control}
            {...(code ? { dir: 'ltr', autoCapitalize: 'none', spellCheck: false } : {})}
            {...(numeric ? { dir: 'ltr', inputMode: 'decimal', className: 'numerals' } : {})}
            autoComplete="off"
            value={value}
            maxLength={maxLength}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
