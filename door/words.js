// Puts the words that Streamlit brings itself into the language of the page. `words`, [said, instead, where], stands above.
(() => {
  "use strict";
  // Calendars and numbers are written for whoever the browser says it speaks to: that is who reads this page, and not who installed the browser.
  const spoken = document.documentElement.lang;
  for (const [name, told] of [["language", spoken], ["languages", Object.freeze([spoken])]]) Object.defineProperty(navigator, name, { get: () => told });
  const OURS = ".page, pre, code, svg, script, style, textarea, [role=gridcell]"; // holds no word of Streamlit's
  const CHOICES = "[role=option]"; // may say what a department wrote: only words that name a place are put in there
  const SPOKEN = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt"];
  const exact = new Map();
  const shapes = [];
  for (const word of words) {
    if (/\{\w+\}/.test(word[0])) {
      const pattern = word[0].replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+)");
      shapes.push({ pattern: new RegExp(`^${pattern}$`, "s"), word });
    } else {
      exact.set(word[0], [...(exact.get(word[0]) ?? []), word]);
    }
  }
  const stands = (where, element) => (where ? element.closest(where) : !element.closest(CHOICES));

  const instead = (text, element) => {
    const bare = text.trim();
    if (!/[A-Za-z]{2}/.test(bare) || bare.length > 300) return text;
    const found = exact.get(bare)?.find(word => stands(word[2], element));
    if (found) return text.replace(bare, () => found[1]);
    for (const { pattern, word } of shapes) {
      const parts = pattern.exec(bare)?.groups;
      if (parts && stands(word[2], element)) return text.replace(bare, () => word[1].replace(/\{(\w+)\}/g, (_, name) => parts[name]));
    }
    return text;
  };

  const spell = element => {
    for (const name of SPOKEN) {
      const text = element.getAttribute(name);
      const other = text && instead(text, element);
      if (other !== text) element.setAttribute(name, other);
    }
  };

  const say = node => {
    const other = instead(node.nodeValue, node.parentElement);
    if (other !== node.nodeValue) node.nodeValue = other; // React keeps the node, and sets it anew only for another text
  };

  const read = root => {
    if (root.nodeType === Node.TEXT_NODE) {
      if (root.parentElement && !root.parentElement.closest(OURS)) say(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OURS)) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = root; node; node = walker.nextNode()) node.nodeType === Node.TEXT_NODE ? say(node) : spell(node);
  };

  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(read);
      else if (change.type === "characterData") read(change.target);
      else if (!change.target.closest(OURS)) spell(change.target);
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN });
  read(document.documentElement);
})();
