"""An SMTP server with STARTTLS and PIPELINING that refuses one recipient in ten, or none. It keeps nothing.

    secure_server.py FOLDER accept|refuse        (FOLDER has server.pem and server.key; the port is printed)
"""
import asyncio, os, ssl, sys

folder, refuses = sys.argv[1], sys.argv[2] == "refuse"
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(os.path.join(folder, "server.pem"), os.path.join(folder, "server.key"))


def is_refused(line):
    """By the number in the recipient's address: each tenth."""
    digits = "".join(character for character in line.split("@")[0] if character.isdigit())
    return refuses and digits.endswith("7")


async def session(reader, writer):
    writer.write(b"220 localhost ESMTP\r\n")
    has_recipient = False
    while line := (await reader.readline()).decode("latin-1"):
        word = line.split(" ")[0].strip().upper()
        if word == "EHLO":
            offer = b"" if writer.get_extra_info("ssl_object") else b"250-STARTTLS\r\n"
            writer.write(b"250-localhost\r\n" + offer + b"250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n")
        elif word == "STARTTLS":
            writer.write(b"220 2.0.0 Ready\r\n")
            await writer.drain()
            await writer.start_tls(context)
        elif word == "RCPT":
            has_recipient = not is_refused(line)
            writer.write(b"250 2.1.5 Ok\r\n" if has_recipient else b"550 5.1.1 No such person\r\n")
        elif word == "DATA" and not has_recipient:
            writer.write(b"554 5.5.1 No valid recipients\r\n")
        elif word == "DATA":
            writer.write(b"354 Go on\r\n")
            await writer.drain()
            while (await reader.readline()) not in (b".\r\n", b""):
                pass
            writer.write(b"250 2.0.0 Ok\r\n")
        elif word == "QUIT":
            writer.write(b"221 2.0.0 Bye\r\n")
            break
        else:
            has_recipient = False
            writer.write(b"250 2.0.0 Ok\r\n")
        await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
