"use strict";

/**
 * Keeps the live part of a page up to date. Without this script a reload shows the same.
 *
 * It asks again and again rather than hold a connection open: browsers open six to a server, so that a
 * seventh tab would show nothing. It asks only while somebody can see the page.
 */
(() => {
  const pauseMillis = 1000;
  const maxPauseMillis = 10_000;
  const maxLogLines = 2000;

  const part = document.querySelector("[data-live]");
  const announcer = document.getElementById("announcer");
  const offline = document.getElementById("offline");
  if (part === null || announcer === null || offline === null) return;

  let pause = pauseMillis;
  let timer;
  let pressed = false;
  let asking = false;

  const isOver = () => part.dataset.state === "ended";

  const schedule = () => {
    clearTimeout(timer);
    if (!isOver() && !document.hidden) timer = setTimeout(update, pause);
  };

  const update = async () => {
    // Two answers to the same question would both be added to the log.
    if (asking) return;
    // Nothing must move away from under a finger or a selection.
    if (pressed || isSelecting()) {
      schedule();
      return;
    }
    asking = true;
    try {
      const url = new URL(location.href);
      url.searchParams.delete("done");
      url.searchParams.set("live", part.dataset.live);
      const response = await fetch(url, { headers: { Accept: "text/html" } });
      if (response.status === 200) show(await response.text());
      if (response.status >= 400 && response.status < 500) {
        location.reload();
        return;
      }
      if (response.status >= 500) throw new Error(String(response.status));
      offline.hidden = true;
      pause = pauseMillis;
    } catch {
      offline.hidden = false;
      pause = Math.min(pause * 2, maxPauseMillis);
    } finally {
      asking = false;
    }
    schedule();
  };

  const show = (text) => {
    const next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
    if (next === null) return;
    const said = part.dataset.announcement;
    morph(part, next);
    if (part.dataset.announcement !== said) announcer.textContent = part.dataset.announcement;
  };

  /** Makes an element like another one, and keeps what is the same: focus and scroll positions stay. */
  const morph = (element, model) => {
    if (model.dataset?.append !== undefined) {
      element.append(...model.childNodes);
      while (element.childElementCount > maxLogLines) element.firstElementChild.remove();
      return;
    }
    copyAttributes(element, model);
    let at = element.firstChild;
    for (const wanted of [...model.childNodes]) {
      const found = matching(element, at, wanted);
      if (found === undefined) {
        element.insertBefore(wanted, at);
        continue;
      }
      if (found === at) at = at.nextSibling;
      else element.insertBefore(found, at);
      if (found.nodeType === Node.ELEMENT_NODE) morph(found, wanted);
      else if (found.data !== wanted.data) found.data = wanted.data;
    }
    while (at !== null) {
      const rest = at.nextSibling;
      at.remove();
      at = rest;
    }
  };

  const matching = (element, at, wanted) => {
    if (wanted.id) {
      const same = document.getElementById(wanted.id);
      return same?.parentNode === element ? same : undefined;
    }
    return at !== null && !at.id && at.nodeName === wanted.nodeName ? at : undefined;
  };

  const copyAttributes = (element, model) => {
    for (const { name, value } of [...model.attributes]) {
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
    for (const { name } of [...element.attributes]) {
      if (!model.hasAttribute(name)) element.removeAttribute(name);
    }
  };

  const isSelecting = () => {
    const selection = getSelection();
    return selection !== null && !selection.isCollapsed && part.contains(selection.anchorNode);
  };

  document.addEventListener("pointerdown", () => {
    pressed = true;
  });
  for (const end of ["pointerup", "pointercancel", "contextmenu"]) {
    document.addEventListener(end, () => {
      pressed = false;
    });
  }
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden && !isOver()) void update();
  });
  schedule();
})();
