/* Holds slow connections until its standard input ends: each sends a header one byte a second and is opened again when it
   is hung up on. Usage: slow PORT CONNECTIONS. Prints a line once all are open. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static const char header[] = "POST /v1/token HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

static int opened(int port, int index) {
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    /* From many addresses: one alone may have only so many. */
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + index / 100);
    bind(descriptor, (struct sockaddr *)&address, sizeof address);
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address)) perror("slow"), exit(1);
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    return descriptor;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    int port = atoi(argv[1]), count = atoi(argv[2]);
    int *descriptors = calloc(count, sizeof *descriptors);
    size_t *sent = calloc(count, sizeof *sent);
    for (int i = 0; i < count; i++) descriptors[i] = opened(port, i);
    printf("%d\n", count);
    fflush(stdout);
    struct pollfd input = {.fd = 0, .events = POLLIN};
    /* A tenth of them every tenth of a second. */
    for (int part = 0; poll(&input, 1, 100) == 0; part = (part + 1) % 10) {
        for (int i = part; i < count; i += 10) {
            char byte;
            int is_gone = recv(descriptors[i], &byte, 1, MSG_PEEK) >= 0 || sent[i] + 1 == sizeof header ||
                          send(descriptors[i], header + sent[i], 1, MSG_NOSIGNAL) != 1;
            sent[i]++;
            if (!is_gone) continue;
            close(descriptors[i]);
            descriptors[i] = opened(port, i);
            sent[i] = 0;
        }
    }
    return 0;
}
