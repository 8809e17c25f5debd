/** What can be imported, in the order in which it has to be: a ticket needs its company and its requester. */
export const KINDS = ['companies', 'staff', 'contacts', 'tickets', 'messages'] as const
export type Kind = (typeof KINDS)[number]

const list = (...lines: string[]): readonly string[] => lines.join(' ').split(' ')

const COMPANY_ID = list('companyid clientid customerid organizationid accountid companyrecid')
const COMPANY = list(
  'company companyname client clientname customer customername organization organizationname account accountname',
  'businessname customerbusinessthenname',
)
const FIRST_NAME = list('firstname contactfirstname givenname first')
const LAST_NAME = list('lastname contactlastname surname familyname last')
const CREATED = list(
  'createdat created createddate datecreated createdon dateentered dateoccurred createdatetime createdate createtime',
  'opened openedat opendate dateopened submitted',
)
const INACTIVE = list('isinactive inactive inactiveflag disabled isdisabled archived deleted')
const ACTIVE = list('active isactive enabled')

/**
 * Which header means which field, per kind: the headers of the common systems, normalized (see headers.ts). Of several
 * that are there, the first of the list counts. Sources: the systems' export templates and API field names.
 */
export const FIELDS = {
  companies: {
    id: [...COMPANY_ID, ...list('id externalid recid')],
    name: [...list('name businessname displayname'), ...COMPANY],
    firstName: FIRST_NAME,
    lastName: LAST_NAME,
    inactive: INACTIVE,
    active: ACTIVE,
    created: CREATED,
  },
  staff: {
    id: list('staffid agentid technicianid resourceid memberid userid id externalid'),
    name: list('name fullname displayname agentname technician agent resourcename'),
    firstName: FIRST_NAME,
    lastName: LAST_NAME,
    email: list('email emailaddress primaryemail mail'),
    title: list('title jobtitle position role'),
    inactive: [...INACTIVE, 'suspended'],
    active: ACTIVE,
  },
  contacts: {
    id: list('contactid enduserid userid id externalid contactrecid'),
    companyId: COMPANY_ID,
    company: COMPANY,
    name: list('name fullname contactname displayname contact username'),
    firstName: FIRST_NAME,
    lastName: LAST_NAME,
    email: list('email emailaddress primaryemail contactemail contactemailaddress mail'),
    title: list('title jobtitle contacttitle position'),
    phone: list(
      'phone phonenumber officephone workphone businessphone directphone telephone contactphone primaryphone',
    ),
    mobile: list('mobile mobilephone mobilenumber cellphone cell contactmobile contactmobilephone'),
    portalRole: list('portalrole'),
    role: list('role'),
    inactive: [...INACTIVE, 'suspended'],
    active: ACTIVE,
    created: CREATED,
  },
  tickets: {
    id: list('ticketid id externalid externalticketid ticketrecid recid key'),
    number: list('number ticketnumber ticketno ticket# ticket reference ref'),
    companyId: COMPANY_ID,
    company: COMPANY,
    requesterId: list('requesterid contactid enduserid callerid userid'),
    requesterEmail: list('requesteremail contactemail contactemailaddress useremail email'),
    requester: list(
      'requester requestor requestername reportedby enduser caller contact contactname user username',
    ),
    participants: list('participants participantids collaborators collaboratorids cc ccs watchers followers'),
    subject: list('subject tickettitle ticketsubject title summary issue name'),
    description: list('description details ticketdetails initialdescription detail body'),
    status: list('status ticketstatus statusname state workflowstatus'),
    priority: list('priority ticketpriority priorityname urgency'),
    category: list('category categoryname issuetype problemtype tickettype requesttype type'),
    confidential: list('confidential isconfidential'),
    assigneeId: list('assigneeid ownerid resourceid assignedresourceid agentid technicianid responderid'),
    assigneeEmail: list('assigneeemail agentemail owneremail technicianemail'),
    assignee: list(
      'assignee assigneename owner resource primaryresource technician agent agentname assignedto',
    ),
    public: list('ispublic public'),
    created: CREATED,
    updated: list('updatedat updated lastupdated lastactivitydate lastactiondate datemodified modified'),
    solved: list('solvedat resolvedat solved resolved dateresolved resolveddate completeddate datecompleted'),
    closed: list('closedat closed dateclosed closeddate'),
  },
  messages: {
    id: list('messageid commentid noteid replyid id externalid'),
    ticketId: list('ticketid ticketexternalid issueid ticket ticketrecid'),
    ticketNumber: list('ticketnumber ticketno ticket# number'),
    body: list('body plainbody bodytext text message comment note notetext reply content htmlbody bodyhtml'),
    public: list('public ispublic visibility replytype ticketreplytype'),
    hidden: list('internal isinternal private isprivate hidden'),
    authorType: list('authortype authorkind'),
    authorId: list('authorid userid createdbyid senderid'),
    authorEmail: list('authoremail fromemail senderemail email'),
    author: list('author authorname from createdby sender tech user username name'),
    attachments: list('attachments files'),
    created: [...CREATED, ...list('date time timestamp sentat postedat')],
  },
} as const satisfies { [K in Kind]: { [field: string]: readonly string[] } }

export type Field<K extends Kind> = keyof (typeof FIELDS)[K] & string

/** Of each group, one has to be there: without them a file is not of this kind. */
export const NEEDED: { readonly [K in Kind]: readonly (readonly Field<K>[])[] } = {
  companies: [['name', 'lastName']],
  staff: [
    ['name', 'lastName', 'email'],
    ['email', 'title', 'id'],
  ],
  contacts: [
    ['name', 'lastName', 'firstName', 'email'],
    ['email', 'companyId', 'company', 'portalRole'],
  ],
  tickets: [
    ['subject'],
    ['id', 'number'],
    ['status', 'requesterId', 'requester', 'requesterEmail', 'priority'],
  ],
  messages: [['body'], ['ticketId', 'ticketNumber']],
}

/** Headers that tell a kind from its neighbors. */
export const SIGNS: { readonly [K in Kind]: readonly string[] } = {
  companies: list(
    'website industry referral referredby clienttype clientname businessname taxid taxrateid taxfree paymentterms',
    'hourlyrate abbreviation sharedtickets sharedcomments domain domains domainnames organizationnumber',
    'accountnumber primarycontactname annualrevenue',
  ),
  staff: list('staffid agentid technicianid resourceid hourlycost department signature'),
  contacts: list(
    'contactid fullname jobtitle contactfirstname contactlastname portalrole mobile mobilephone extension directreport',
    'ticketrestriction restrictedagent officephone additionalemailaddresses',
  ),
  tickets: list('subject status priority requesterid assigneeid dueat duedate board queue ticketnumber'),
  messages: list('body public ispublic commentid noteid messageid authorid authortype ticketid'),
}

/** What a file may be called when its headers leave its kind open. */
export const FILE_NAMES: { readonly [K in Kind]: RegExp } = {
  companies: /compan|client|customer|organi[sz]ation|account/i,
  staff: /staff|agent|technician|resource/i,
  contacts: /contact|user|people/i,
  tickets: /^tickets?[^a-z]/i,
  messages: /message|comment|note|conversation|repl/i,
}
