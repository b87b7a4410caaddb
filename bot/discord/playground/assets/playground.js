// What Discord's client does and the preview does not.
"use strict";

// The preview takes its key from the address alone.
if (!location.hash) history.replaceState(null, "", `#${document.currentScript.dataset.key}`);

// A click on the mention of a command starts the command.
function startCommand(mention) {
  document.querySelector(".command-context-close")?.click();
  const input = document.querySelector("#channel-composer-input");
  input.focus();
  input.value = mention.textContent;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const named = (entry) => entry.querySelector("strong")?.textContent === mention.textContent;
  [...document.querySelectorAll(".command-entry")].find(named)?.click();
}

// Shows the reader what comes: the answer to what they just did, and whatever arrives while they
// are at the end of the conversation. The preview does so only from the very end, and after
// drawing it puts the reader back; so for a moment the place has to be held.
function showWhatComes(conversation, messages) {
  const nearly = 40; // pixels
  const patience = 5000; // milliseconds from a deed to its answer
  const moment = 800; // milliseconds from a message to the end of its drawing
  let atEnd = true;
  let awaitedUntil = 0;
  let heldUntil = 0;

  // The end; but of a message taller than the screen, the beginning.
  const place = () => {
    const latest = messages.lastElementChild;
    if (!latest) return;
    const above = latest.getBoundingClientRect().top - conversation.getBoundingClientRect().top;
    const end = conversation.scrollHeight - conversation.clientHeight;
    conversation.scrollTop = Math.min(end, conversation.scrollTop + above);
  };

  // On the document, since the text box lets no one hear of a submit after itself.
  const deeds = {
    submit: () => true,
    keydown: ({ key, target }) => key === "Enter" && target.closest("#channel-composer"),
    click: ({ target }) => target.closest("#channel-timeline button, #modal-root button"),
  };
  for (const [kind, isDeed] of Object.entries(deeds)) {
    document.addEventListener(kind, (event) => {
      if (isDeed(event)) awaitedUntil = performance.now() + patience;
    }, { capture: true });
  }
  for (const own of ["wheel", "touchmove", "pointerdown"]) {
    conversation.addEventListener(own, () => { heldUntil = 0; }, { passive: true });
  }
  conversation.addEventListener("scroll", () => {
    if (performance.now() < heldUntil) place();
    const { scrollHeight, scrollTop, clientHeight } = conversation;
    atEnd = scrollHeight - scrollTop - clientHeight < nearly;
  });
  new ResizeObserver(() => { if (atEnd) conversation.scrollTop = conversation.scrollHeight; }).observe(conversation);
  new MutationObserver((changes) => {
    const now = performance.now();
    if (!changes.some(({ addedNodes }) => addedNodes.length) || !(atEnd || now < awaitedUntil)) return;
    awaitedUntil = 0;
    heldUntil = now + moment;
    place();
  }).observe(messages, { childList: true });
}

document.addEventListener("DOMContentLoaded", () => {
  const conversation = document.querySelector("#channel-timeline");
  const messages = document.querySelector("#channel-message-list");
  showWhatComes(conversation, messages);
  conversation.addEventListener("click", ({ target }) => {
    const mention = target.closest(".command-mention");
    if (mention) startCommand(mention);
  });
});
