import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon.tsx'

export type FieldProps = {
  /** Id of the control; hint and error get `<id>-hint` and `<id>-error`. */
  id: string
  label: Child
  hint?: Child
  error?: string
  class?: string
}

/** What ties a control to its hint and error: spread it into the input. */
export const wired = ({ id, hint, error }: Pick<FieldProps, 'id' | 'hint' | 'error'>) => ({
  id,
  'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': error ? 'true' : undefined,
})

/** Label, control (children), hint, error. */
export const Field: FC<PropsWithChildren<FieldProps>> = ({
  id,
  label,
  hint,
  error,
  class: extra,
  children,
}) => (
  <div class={extra ? `field ${extra}` : 'field'} data-invalid={error ? 'true' : undefined}>
    <label for={id}>{label}</label>
    {children}
    {hint && <p id={`${id}-hint`}>{hint}</p>}
    {error && (
      <p class="field-error" id={`${id}-error`}>
        <Icon name="circle-alert" />
        {error}
      </p>
    )}
  </div>
)

type InputProps = {
  /** Defaults to the id. */
  name?: string
  value?: string
  required?: boolean
  maxlength?: number
  placeholder?: string
  autocomplete?: string
  autofocus?: boolean
}

type TextFieldProps = FieldProps &
  InputProps & {
    type?: 'text' | 'email' | 'tel' | 'search' | 'url' | 'date' | 'password'
    readonly?: boolean
    inputmode?: 'numeric' | 'email' | 'tel' | 'search'
    large?: boolean
  }

export const TextField: FC<TextFieldProps> = (props) => (
  <Field id={props.id} label={props.label} hint={props.hint} error={props.error} class={props.class}>
    <input
      {...wired(props)}
      class={props.large ? 'input input-lg' : 'input'}
      type={props.type ?? 'text'}
      name={props.name ?? props.id}
      value={props.value}
      required={props.required}
      readonly={props.readonly}
      maxlength={props.maxlength}
      placeholder={props.placeholder}
      autocomplete={props.autocomplete}
      inputmode={props.inputmode}
      autofocus={props.autofocus}
    />
  </Field>
)

/** Grows with its text where the browser can. */
export const TextArea: FC<FieldProps & InputProps> = (props) => (
  <Field id={props.id} label={props.label} hint={props.hint} error={props.error} class={props.class}>
    <textarea
      {...wired(props)}
      class="textarea"
      dir="auto"
      name={props.name ?? props.id}
      rows={5}
      required={props.required}
      maxlength={props.maxlength}
      placeholder={props.placeholder}
    >
      {props.value}
    </textarea>
  </Field>
)
