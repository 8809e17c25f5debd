import type { FC } from 'hono/jsx'
import type { Explanation } from '#src/people/explain.ts'
import { Card } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { useStaffView } from '#src/web/view.ts'

const Fact: FC<{ holds: boolean; text: string }> = ({ holds, text }) => {
  const { t } = useStaffView()
  return (
    <li class="row">
      <Icon name={holds ? 'check' : 'x'} />
      <span class="sr-only">{t(holds ? 'roles.yes' : 'roles.no')}</span>
      <span class="min-w-0">{text}</span>
    </li>
  )
}

/** The answer, and under it what each rule looked at. */
export const Why: FC<{ answer: Explanation; name: string; company: string }> = ({
  answer,
  name,
  company,
}) => {
  const { t } = useStaffView()
  const { ticket, facts, sees, may } = answer
  const values = { name, company, number: `#${ticket.number}`, other: ticket.company }
  const yesNo = (fact: 'comesIn' | 'sameCompany' | 'opensPage' | 'isOn' | 'found') => (
    <Fact holds={facts[fact]} text={t(`people.why.${fact}.${facts[fact] ? 'yes' : 'no'}`, values)} />
  )
  return (
    <div class="mt-5 grid gap-4">
      <Notice
        tone={sees ? 'success' : 'attention'}
        icon={sees ? 'eye' : 'eye-off'}
        title={t(sees ? 'people.why.sees' : 'people.why.blind', values)}
      >
        <span dir="auto">{ticket.subject}</span>
      </Notice>
      <Card title={t('people.why.rules')} id="rules">
        <ol class="rows">
          {yesNo('comesIn')}
          {yesNo('opensPage')}
          {yesNo('sameCompany')}
          <Fact holds={facts.scope !== 'none'} text={t(`people.why.scope.${facts.scope}`, values)} />
          {yesNo('isOn')}
          <Fact
            holds={!facts.confidential}
            text={t(facts.confidential ? 'people.why.confidential' : 'people.why.ordinary', values)}
          />
          {yesNo('found')}
          {sees && may && (
            <>
              <Fact
                holds={may.reply}
                text={t(may.reply ? 'people.why.reply.yes' : 'people.why.reply.no', values)}
              />
              <Fact
                holds={may.close}
                text={t(may.close ? 'people.why.close.yes' : 'people.why.close.no', values)}
              />
            </>
          )}
        </ol>
      </Card>
    </div>
  )
}
