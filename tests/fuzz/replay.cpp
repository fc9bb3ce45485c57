// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs a fuzz target over its corpus, and over small changes of each file that are the same every time: what
// a continuous integration without clang has of fuzzing.

#include "support/randomimage/randombytes.h"
#include "target.h"

#include <QDirIterator>
#include <QFile>

namespace {

constexpr int ChangesPerFile = 300;

void run(const QByteArray& input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.constData()),
                           static_cast<size_t>(input.size()));
}

QByteArray changed(QByteArray input, Tagboat::Testing::RandomBytes& random)
{
    for (qint64 changes = 1 + random.below(4); changes > 0 && !input.isEmpty(); --changes) {
        const qsizetype at = random.below(input.size());
        switch (random.below(4)) {
        case 0:
            input[at] = static_cast<char>(input[at] ^ (1 << random.below(8)));
            break;
        case 1:
            input.insert(at, random.noise(1 + random.below(4)));
            break;
        case 2:
            input.remove(at, 1 + random.below(8));
            break;
        case 3:
            input.insert(at, input.sliced(random.below(input.size())).left(32));
            break;
        }
    }
    return input;
}

} // namespace

int main(int argc, char** argv)
{
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        QDirIterator entries(QFile::decodeName(argv[i]), QDir::Files);
        while (entries.hasNext()) {
            QFile file(entries.next());
            if (!file.open(QIODevice::ReadOnly)) {
                std::fprintf(stderr, "cannot read %s\n", qPrintable(file.fileName()));
                return 1;
            }
            const QByteArray input = file.readAll();
            run(input);
            Tagboat::Testing::RandomBytes random(static_cast<quint64>(input.size()) + 1);
            for (int change = 0; change < ChangesPerFile; ++change)
                run(changed(input, random));
            ++files;
        }
    }
    std::printf("%d files, each with %d changes\n", files, ChangesPerFile);
    return files > 0 ? 0 : 1;
}
