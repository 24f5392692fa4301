// SPDX-License-Identifier: Apache-2.0

// Shows the section named in the address (?section=/2012/some-post). It runs before the widget, so
// that the element already carries its section when it is upgraded.
const section = new URLSearchParams(location.search).get('section')?.trim();

if (section) {
  const fil = document.getElementById('fil');
  const fragment = document.getElementById('fil-modele').content.cloneNode(true);
  fragment.querySelector('palabre-comments').setAttribute('section', section);

  // The address is a stranger's text: it only ever enters the page as text.
  const name = `«\u202f${section}\u202f»`;
  document.title = `Fil ${name} · Inès Morel`;
  document.getElementById('fil-titre').textContent = `Fil ${name}`;
  document.getElementById('fil-chapeau').textContent =
    'Voici les commentaires de cette section. Vous pouvez y répondre.';
  document.getElementById('fil-section').value = section;

  fil.append(fragment);
  fil.hidden = false;
}
