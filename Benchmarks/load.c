#define _GNU_SOURCE
/* Sends the requests of a file over some connections as fast as they are answered, and prints what came of it.
   Usage: load PORT CONNECTIONS FILE. The file has requests with their length in a line before each; they are read when
   they are sent, so that a pipe can make tokens while others are spent. The times are those of the first million. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static char request[1 << 16];

/* Reads the next request; 0 at the end of the file. */
static size_t next_request(FILE *file) {
    size_t length;
    if (fscanf(file, "%zu", &length) != 1 || length > sizeof request) return 0;
    fgetc(file);
    return fread(request, 1, length, file) == length ? length : 0;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int count = atoi(argv[2]);
    FILE *file = fopen(argv[3], "r");
    if (!file) return 2;
    static double took[1 << 20];
    struct pollfd *polled = calloc(count, sizeof *polled);
    char(*answers)[8192] = calloc(count, sizeof *answers);
    size_t *have = calloc(count, sizeof *have), length = 0;
    double *began = calloc(count, sizeof *began);
    int sent = 0, done = 0, good = 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < count; i++) {
        polled[i].fd = socket(AF_INET, SOCK_STREAM, 0);
        polled[i].events = POLLIN;
        if (connect(polled[i].fd, (struct sockaddr *)&address, sizeof address)) return 1;
    }
    double start = now();
    for (int i = 0; i < count && (length = next_request(file)); i++, sent++) {
        began[i] = now();
        if (send(polled[i].fd, request, length, 0) < 0) return 1;
    }
    while (done < sent && poll(polled, count, 30000) > 0) {
        for (int i = 0; i < count; i++) {
            if (!(polled[i].revents & (POLLIN | POLLHUP))) continue;
            ssize_t got = recv(polled[i].fd, answers[i] + have[i], sizeof answers[i] - have[i] - 1, 0);
            if (got <= 0) return fprintf(stderr, "a connection ended after %d answers\n", done), 1;
            have[i] += got;
            answers[i][have[i]] = 0;
            char *end = strstr(answers[i], "\r\n\r\n"), *field = strcasestr(answers[i], "content-length: ");
            if (!end || !field || have[i] < (size_t)(end + 4 - answers[i]) + atoi(field + 16)) continue;
            if (done < 1 << 20) took[done] = now() - began[i];
            done++;
            good += !strncmp(answers[i] + 9, "200", 3);
            have[i] = 0;
            if (!length || !(length = next_request(file))) {
                polled[i].events = 0;
                continue;
            }
            began[i] = now();
            if (send(polled[i].fd, request, length, 0) < 0) return 1;
            sent++;
        }
    }
    double seconds = now() - start;
    int timed = done < 1 << 20 ? done : 1 << 20;
    if (!timed) return 1;
    qsort(took, timed, sizeof *took, ascending);
    printf("%.0f %d %d %.1f %.1f\n", done / seconds, done, good, took[timed / 2] * 1e3, took[timed * 99 / 100] * 1e3);
    return done != sent;
}
