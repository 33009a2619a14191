// The form of one shift from the shell's templates: the same fields, with the same names, as the page's own.
import { copyOf, nameThem } from './words.js';

const option = (value, text) => Object.assign(document.createElement('option'), { value, textContent: text });

const answer = (model, name, level, place, last) => {
  const choice = model.cloneNode(true);
  const input = choice.querySelector('input');
  input.name = name;
  input.value = level.id;
  input.removeAttribute('id');
  const dot = choice.querySelector('.dot');
  dot.className = `dot help-${Math.round(4 - (4 * place) / last)}`;
  choice.querySelector('.words').textContent = level.name;
  return choice;
};

const question = (task, data) => {
  const part = copyOf('question');
  const name = `task-${task.id}`;
  part.querySelector('legend').textContent = task.name;
  const [model, not] = part.querySelectorAll('.answer');
  const last = Math.max(data.levels.length - 1, 1);
  model.replaceWith(...data.levels.map((level, place) => answer(model, name, level, place, last)));
  not.querySelector('input').name = name;
  const reasons = part.querySelector('select');
  reasons.name = reasons.id = `${name}-reason`;
  reasons.replaceChildren(...data.reasons.map((reason) => option(reason.id, reason.name)));
  part.querySelector('.reasons label').htmlFor = reasons.id;
  return part;
};

// `seen`: the version of what this answerer sent about it before, 0 for nothing.
export const drawForm = (data, shift, seen) => {
  const form = copyOf('form');
  // It goes nowhere by itself: what is written leaves the phone by the queue alone, never in an address.
  form.method = 'dialog';
  nameThem(form, { name: data.person });
  form.elements.seen.value = seen;
  form.querySelector('[data-first]').replaceChildren(...shift.tasks.map((task) => question(task, data)));
  const more = form.querySelector('[data-more]');
  more.hidden = data.more_tasks.length === 0;
  more.querySelector('.inner').replaceChildren(...data.more_tasks.map((task) => question(task, data)));
  form.elements.unlisted_level.append(...data.levels.map((level) => option(level.id, level.name)));
  return form;
};
