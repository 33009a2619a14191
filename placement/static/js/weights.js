// Sliders for what counts: the number beside each, the share of all, and the radio that makes them count.
// Without this script the radio is chosen by hand, and the numbers are as the page was sent.
const goal = document.querySelector('[data-goal]');

if (goal) {
  const sliders = [...goal.querySelectorAll('input[type="range"]')];
  const radios = [...goal.querySelectorAll('input[type="radio"]')];
  const own = radios.find((radio) => !radio.dataset.sliders);
  const shares = goal.querySelector('[data-shares]');
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' });

  const show = () => {
    const total = sliders.reduce((sum, slider) => sum + slider.valueAsNumber, 0);
    for (const slider of sliders) goal.querySelector(`output[for="${slider.id}"]`).value = slider.value;
    shares.hidden = total === 0;
    shares.textContent = sliders
      .map((slider) => `${slider.labels[0].textContent} ${percent.format(slider.valueAsNumber / total)}`)
      .join(' · ');
  };

  for (const slider of sliders) {
    slider.addEventListener('input', () => {
      own.checked = true;
      show();
    });
  }
  for (const radio of radios) {
    radio.addEventListener('change', () => {
      if (!radio.dataset.sliders) return;
      radio.dataset.sliders.split(',').forEach((value, at) => { sliders[at].value = value; });
      show();
    });
  }
  show();
}
