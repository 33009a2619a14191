// Worry and accidents: kept while they are written, and sent through the same queue as answers.
import { fill, newKey } from './answers.js';
import { draftOf, keepDraft, note } from './keeping.js';
import { askForSync, sendNow } from './waiting.js';
import { get, queue } from './store.js';
import { copyOf, words } from './words.js';

const FIELDS = ['text', 'what', 'day', 'time', 'injury', 'first_aid', 'witness', 'told'];

// The first field that may not be left out and is empty.
const missing = (form) => [...form.elements].find((field) => field.dataset.missing && !field.value.trim());

// Says so at the field.
const pointTo = (form, field) => {
  form.querySelector('[data-error]')?.remove();
  for (const one of form.elements) one.removeAttribute('aria-invalid');
  const line = copyOf('missing');
  line.id = `${field.name}-missing`;
  line.querySelector('span').textContent = field.dataset.missing;
  field.before(line);
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', line.id);
  field.focus();
};

const told = (form) => Object.fromEntries(FIELDS
  .filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value.trim()]));

// `about`: { card, kind: 'worried' or 'accident', shift }. `sent(what became of it)` decides what the page does then.
export const keepTold = async (form, about, sent) => {
  const said = note(form);
  const draft = await get('drafts', draftOf(about));
  about.began_at = draft?.began_at ?? new Date().toISOString();
  if (draft) {
    fill(form, draft.values);
    said.textContent = words.kept;
  }
  const settled = keepDraft(form, about, said);
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const empty = missing(form);
    if (empty) { pointTo(form, empty); return; }
    if (busy) return;
    busy = true;
    const entry = { ...about, ...told(form), key: newKey(), state: 'waiting' };
    try {
      await settled();
      await queue(entry, draftOf(about));
    } catch {
      busy = false;
      if (form.elements.csrf_token) HTMLFormElement.prototype.submit.call(form);
      else said.textContent = words.full;
      return;
    }
    askForSync();
    const became = await sendNow();
    sent(became[entry.key] ?? 'waits');
  });
  form.dataset.ready = 'yes';
};

// In place of the form: that it has arrived, or that it waits here; never the one for the other.
export const drawTold = (place, saved, became) => {
  const part = copyOf('was-told');
  const line = part.querySelector('[data-said]');
  line.textContent = { saved, held: words.heldTold }[became] ?? words.toldWaits;
  place.replaceChildren(part);
  line.focus();
};
