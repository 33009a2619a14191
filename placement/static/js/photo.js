// A photo that is too large is said so at once, instead of after minutes of sending. The server decides all the same.
const field = document.querySelector('input[type="file"][data-most]');
const said = document.querySelector('[data-too-large]');
if (field && said) {
  field.addEventListener('change', () => {
    const large = [...field.files].some((file) => file.size > Number(field.dataset.most));
    said.hidden = !large;
    if (large) field.value = '';
  });
}
