"""Opens a page in headless Chromium, as a phone has it, over the debugging pipe.

Arguments: the page's path, the width, light or dark, where the screenshot goes, and an expression to evaluate in the page.
Writes a JSON object: value (what the expression came to) and requests (every address that the page asked for).
"""
import base64, json, os, shutil, subprocess, sys, tempfile

page, width, scheme, picture, expression = sys.argv[1:]
folder = tempfile.mkdtemp(prefix="stoke-browser-")
to_browser, from_us = os.pipe()
to_us, from_browser = os.pipe()
keep = [os.dup(to_browser), os.dup(from_browser)]
program = next(p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p)


def wire():
    os.dup2(keep[0], 3)
    os.dup2(keep[1], 4)


browser = subprocess.Popen(
    [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
     f"--user-data-dir={folder}", "about:blank"],
    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=wire, close_fds=False)
for end in (to_browser, from_browser, *keep):
    os.close(end)
buffer, number, events = b"", 0, []


def read():
    global buffer
    while b"\0" not in buffer:
        piece = os.read(to_us, 1 << 16)
        if not piece:
            sys.exit("the browser ended")
        buffer += piece
    message, buffer = buffer.split(b"\0", 1)
    return json.loads(message)


def call(method, session=None, **parameters):
    global number
    number += 1
    message = {"id": number, "method": method, "params": parameters}
    if session:
        message["sessionId"] = session
    os.write(from_us, json.dumps(message).encode() + b"\0")
    while True:
        answer = read()
        if answer.get("id") == number:
            if "error" in answer:
                sys.exit(f"{method}: {answer['error']}")
            return answer["result"]
        events.append(answer)


def wait(event):
    while not any(one.get("method") == event for one in events):
        events.append(read())


try:
    target = call("Target.createTarget", url="about:blank")["targetId"]
    session = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Network", "Runtime"):
        call(f"{domain}.enable", session)
    call("Emulation.setDeviceMetricsOverride", session, width=int(width), height=812, deviceScaleFactor=1, mobile=True)
    call("Emulation.setEmulatedMedia", session, features=[{"name": "prefers-color-scheme", "value": scheme}])
    events.clear()
    call("Page.navigate", session, url="file://" + os.path.abspath(page))
    wait("Page.loadEventFired")
    result = call("Runtime.evaluate", session, expression=f"JSON.stringify({expression})", returnByValue=True)
    shot = call("Page.captureScreenshot", session, format="png", captureBeyondViewport=True)
    with open(picture, "wb") as file:
        file.write(base64.b64decode(shot["data"]))
    requests = [one["params"]["request"]["url"] for one in events if one.get("method") == "Network.requestWillBeSent"]
    json.dump({"value": json.loads(result["result"]["value"]), "requests": requests}, sys.stdout)
    call("Browser.close")
finally:
    try:
        browser.wait(timeout=10)
    except subprocess.TimeoutExpired:
        browser.kill()
        browser.wait()
    shutil.rmtree(folder, ignore_errors=True)
