// A filled-in form as an entry of the queue, and back into a form: the same on the page and without signal.
const TASK = /^task-(?!.*-reason$)/;
const TEXTS = ['went_well', 'try_next', 'note'];

export const newKey = () => crypto.randomUUID?.()
  ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// `about`: { card, shift, label, began_at, by, by_name, who }; `attendance` where a button says it.
export const entryOf = (form, about, attendance = null) => {
  const said = new FormData(form);
  const absent = attendance === 'absent';
  const answers = [];
  const names = said.getAll('unlisted');
  const levels = said.getAll('unlisted_level');
  for (const [name, value] of said) {
    if (!TASK.test(name) || absent) continue;
    const task = name.slice(5);
    answers.push(value === 'not_today' ? { task, not_today: said.get(`${name}-reason`) || 'unsaid' } : { task, level: value });
  }
  return {
    ...about,
    key: newKey(),
    attendance: attendance ?? (said.get('attendance') || null),
    answers,
    unlisted: absent ? [] : names.map((name, at) => ({ name: name.trim(), level: levels[at] ?? '' })).filter((one) => one.name),
    ...Object.fromEntries(TEXTS.map((name) => [name, absent ? '' : (said.get(name) ?? '').trim()])),
    seen: Number(said.get('seen') ?? 0),
    state: 'waiting',
  };
};

export const saysNothing = (entry) => !entry.attendance && !entry.answers.length && !entry.unlisted.length
  && TEXTS.every((name) => !entry[name]);

const KEPT_OUT = ['csrf_token', 'key', 'shift', 'by', 'seen'];
export const valuesOf = (form) => [...new FormData(form)]
  .filter(([name, value]) => !KEPT_OUT.includes(name) && typeof value === 'string');

export const valuesOfEntry = (entry) => [
  ['attendance', entry.attendance ?? ''],
  ...entry.answers.flatMap((one) => (one.level
    ? [[`task-${one.task}`, one.level]]
    : [[`task-${one.task}`, 'not_today'], [`task-${one.task}-reason`, one.not_today]])),
  ...entry.unlisted.flatMap((one) => [['unlisted', one.name], ['unlisted_level', one.level]]),
  ...TEXTS.map((name) => [name, entry[name]]),
];

export const fill = (form, pairs) => {
  const left = new Map();
  for (const [name, value] of pairs) left.set(name, [...(left.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!left.has(field.name) || field.type === 'hidden') continue;
    const values = left.get(field.name);
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value);
    else if (values.length) field.value = values.shift();
    const written = field.type === 'radio' ? field.checked : field.tagName !== 'SELECT' && field.value;
    if (written) field.closest('details')?.setAttribute('open', '');
  }
};
