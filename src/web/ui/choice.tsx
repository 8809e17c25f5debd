import { html } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { Field, type FieldProps, wired } from './field.tsx'
import { attrs } from './markup.ts'

export type Option = { value: string; label: string }

/** Options alone, for a select of your own. */
export const Options = ({ items, value }: { items: Option[]; value?: string }) =>
  html`${items.map((item) => html`<option${attrs({ value: item.value, selected: item.value === value })}>${item.label}</option>`)}`

type SelectFieldProps = FieldProps & { name?: string; value?: string; options: Option[]; required?: boolean }

export const SelectField: FC<SelectFieldProps> = (props) => (
  <Field id={props.id} label={props.label} hint={props.hint} error={props.error} class={props.class}>
    <select {...wired(props)} class="select" name={props.name ?? props.id} required={props.required}>
      <Options items={props.options} value={props.value} />
    </select>
  </Field>
)

type Choice = Option & { hint?: Child }
type ChoicesProps = { legend: string; name: string; value?: string; items: Choice[]; error?: string }

/** Radio buttons as cards. */
export const Choices: FC<ChoicesProps> = ({ legend, name, value, items, error }) => (
  <fieldset id={name} tabindex={-1} aria-describedby={error ? `${name}-error` : undefined}>
    <legend class="label mb-2">{legend}</legend>
    <div class="grid gap-2 sm:grid-cols-2">
      {items.map((item) => (
        <label class="choice">
          <input class="input" type="radio" name={name} value={item.value} checked={item.value === value} />
          <span>
            <span class="font-medium">{item.label}</span>
            {item.hint && <span class="row-meta block">{item.hint}</span>}
          </span>
        </label>
      ))}
    </div>
    {error && (
      <p class="field-error mt-2" id={`${name}-error`}>
        {error}
      </p>
    )}
  </fieldset>
)
