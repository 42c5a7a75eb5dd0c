"""What a screen reader calls the controls of a page, as the browser tells it."""

from __future__ import annotations

from playwright.sync_api import Page

CONTROLS = {
    *("button", "link", "textbox", "searchbox", "checkbox", "radio", "combobox", "listbox"),
    *("spinbutton", "slider", "switch", "tab", "menuitem", "ColorWell", "Date", "DateTime"),
    *("PopUpButton", "popUpButton", "DisclosureTriangle", "img", "image"),
}


def nameless(page: Page) -> list[str]:
    """The roles of controls and pictures of the accessibility tree that have no name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    found = []
    for node in nodes:
        role = node.get("role", {}).get("value", "")
        if node.get("ignored") or role not in CONTROLS:
            continue
        if not node.get("name", {}).get("value", "").strip():
            described = session.send(
                "DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]}
            )
            found.append(f"{role}: {described['node'].get('attributes')}")
    session.detach()
    return found
