import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon.tsx'

/** Words for the list of chosen files. `{name}` and `{limit}` are filled in by the browser. */
export type AttachText = { remove: string; tooBig: string; added: string; removed: string; pasted: string }

type AttachProps = { id: string; name?: string; maxBytes: number; text: AttachText }

const data = ({ maxBytes, text }: AttachProps) => ({
  'data-max-bytes': maxBytes,
  'data-remove': text.remove,
  'data-too-big': text.tooBig,
  'data-added': text.added,
  'data-removed': text.removed,
  'data-pasted': text.pasted,
})

/** Chosen files are listed here by the browser, one copy of the template each; the output says what changed. */
const Chosen = () => (
  <>
    <template>
      <li class="file">
        <span class="thumb">
          <Icon name="paperclip" />
        </span>
        <span class="min-w-0">
          <span class="clip block font-medium" data-name></span>
          <span class="text-faint" data-size></span>
        </span>
        <button type="button">
          <Icon name="x" />
        </button>
      </li>
    </template>
    <ul class="chosen" hidden></ul>
    <output class="sr-only"></output>
  </>
)

/** A wide target for files: `label` is its verb ("Add files"), `hint` the rest of the sentence. */
export const DropZone: FC<AttachProps & { label: string; hint: string }> = (props) => (
  <attach-files {...data(props)}>
    <label class="drop">
      <Icon name="paperclip" />
      <span>
        <span class="font-medium text-foreground">{props.label}</span> {props.hint}
      </span>
      <input class="sr-only" type="file" id={props.id} name={props.name ?? props.id} multiple />
    </label>
    <Chosen />
  </attach-files>
)

type ComposerProps = AttachProps & {
  /** Accessible name of the form, label of its text. */
  label: string
  textLabel: string
  action: string
  placeholder: string
  value?: string
  error?: string
  maxlength?: number
  attachLabel: string
  /** Who gets it. */
  audience: string
  /** Hidden fields. */
  fields: Child
  /** Whose draft it is: an id. */
  owner: string
  /** Files that a returned form still has: then it needs no text. */
  kept?: boolean
  /** Not for the client: looks unlike a reply. */
  internal?: boolean
}

/**
 * The reply box of a ticket: text in `body`, files in `name`, its buttons as children.
 * Keeps a draft, takes dropped and pasted files; like every form it sends with Ctrl or Command + Enter.
 */
export const Composer: FC<PropsWithChildren<ComposerProps>> = (props) => (
  <form
    method="post"
    action={props.action}
    enctype="multipart/form-data"
    class="composer"
    data-internal={props.internal ? '' : undefined}
    data-tone={props.internal ? 'attention' : undefined}
    aria-label={props.label}
  >
    {props.fields}
    <attach-files {...data(props)}>
      <label class="sr-only" for="body">
        {props.textLabel}
      </label>
      <draft-keeper data-owner={props.owner}>
        <textarea
          id="body"
          name="body"
          dir="auto"
          placeholder={props.placeholder}
          maxlength={props.maxlength}
          required={!props.kept}
          aria-invalid={props.error ? 'true' : undefined}
          aria-describedby={props.error ? 'body-error audience' : 'audience'}
        >
          {props.value}
        </textarea>
      </draft-keeper>
      {props.error && (
        <p class="field-error px-4 pb-2" id="body-error">
          <Icon name="circle-alert" />
          {props.error}
        </p>
      )}
      <Chosen />
      <footer>
        <label class="btn" data-variant="ghost" data-size="icon-sm" title={props.attachLabel}>
          <Icon name="paperclip" />
          <span class="sr-only">{props.attachLabel}</span>
          <input type="file" id={props.id} name={props.name ?? props.id} multiple class="sr-only" />
        </label>
        <span id="audience" class="clip min-w-0 flex-1 text-sm text-muted-foreground">
          {props.audience}
        </span>
        {props.children}
      </footer>
    </attach-files>
  </form>
)
