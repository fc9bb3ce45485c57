// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"
#include "cli/figures.h"
#include "cli/filelines.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"
#include "cli/terminal.h"

#include "base/worker.h"
#include "workbench/filelistings.h"

#include <QDir>
#include <QFileInfo>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! What the command works with, whatever it is asked to do.
struct FilesCommand
{
    ContextPtr context;
    std::shared_ptr<FileListings> listings;
    FilesOf of;
    int layer = -1; //!< from 0; -1: all together

    [[nodiscard]] FileListings::Progress progress() const
    {
        const auto output = context->output;
        if (output->isJson()) {
            return [output](const FilesProgress& progress) {
                output->event("progress"_L1,
                              {{"bytesDone"_L1, progress.bytesDone}, {"bytesTotal"_L1, progress.bytesTotal}});
            };
        }
        if (!Terminal::isErrorTerminal())
            return {};
        return [](const FilesProgress& progress) {
            const bool isOver = progress.bytesDone >= progress.bytesTotal;
            writeError(isOver ? u"\r\x1b[K"_s
                              : u"\rReading %1 of %2 \x1b[K"_s.arg(bytesText(progress.bytesDone),
                                                                   bytesText(progress.bytesTotal)));
        };
    }
};

std::unexpected<Error> misused(const QString& subject, const QString& why)
{
    return fail(Error::Code::InvalidInput, subject, why);
}

//! A layer as people count: 1 is the base.
Result<int> layerOf(const Arguments& arguments)
{
    if (!arguments.has("layer"_L1))
        return -1;
    bool isNumber = false;
    const int number = arguments.value("layer"_L1).toInt(&isNumber);
    if (!isNumber || number < 1)
        return misused(arguments.value("layer"_L1), u"a layer is a number; 1 is the base"_s);
    return number - 1;
}

//! Options that exclude each other, and an operand where it has no meaning.
Result<void> checkUse(const Arguments& arguments, bool isJson)
{
    QStringList ways;
    for (const QLatin1StringView option : {"compare"_L1, "save"_L1, "cat"_L1, "layers"_L1}) {
        if (arguments.has(option))
            ways.append(u"--"_s + option);
    }
    if (ways.size() > 1)
        return misused(ways.last(), u"goes not together with "_s + ways.first());
    if (isJson && arguments.has("cat"_L1))
        return misused(u"--cat"_s, u"writes the file itself, not JSON; --save writes it to a file"_s);
    if (arguments.has("layer"_L1) && (arguments.has("compare"_L1) || arguments.has("layers"_L1)))
        return misused(u"--layer"_s, u"goes not together with "_s + ways.first());
    if ((arguments.has("cat"_L1) || arguments.has("layers"_L1)) && arguments.operands().size() > 1)
        return misused(arguments.operand(1), u"%1 takes no further argument"_s.arg(ways.first()));
    return {};
}

Task<Result<FilesOf>> imageNamed(ContextPtr context, QString name)
{
    FilesOf of;
    if (context->arguments.has("platform"_L1)) {
        auto platform = Platform::parse(context->arguments.value("platform"_L1));
        if (!platform)
            co_return std::unexpected(std::move(platform.error()));
        of.platform = std::move(*platform);
    }
    const auto target =
        co_await onWorker([store = context->session->store(), name] { return store->resolve(name); });
    if (!target)
        co_return std::unexpected(target.error());
    of.target = target->digest;
    co_return Result<FilesOf>(std::move(of));
}

Result<int> startAt(const FileTree& tree, const QString& path)
{
    const int found = tree.find(path);
    if (found < 0)
        return fail(Error::Code::NotFound, path, u"the image has no such file"_s);
    return found;
}

QJsonArray filesJson(const FileTree& tree, const QList<int>& nodes)
{
    QJsonArray files;
    for (const int node : nodes)
        files.append(jsonOf(tree, node));
    return files;
}

void noteProblems(const Output& output, const ImageFiles& files)
{
    for (qsizetype i = 0; i < files.layers.size(); ++i) {
        const ImageFiles::Layer& layer = files.layers[i];
        if (!layer.problem.isEmpty())
            output.note(
                u"Layer %1 (%2): %3."_s.arg(QString::number(i + 1), layer.digest.shortHex(), layer.problem));
    }
    if (files.merged->isCutOff())
        output.note(u"There are more files than can be listed."_s);
}

QString countAndBytes(int count, qint64 bytes)
{
    return count == 0 ? u"-"_s : u"%1 (%2)"_s.arg(QString::number(count), bytesText(bytes));
}

void showLayers(const FilesCommand& command, const ListedImage& image)
{
    const Output& output = *command.context->output;
    Table table({u"#"_s, u"LAYER"_s, u"SIZE"_s, u"ADDS"_s, u"CHANGES"_s, u"DELETES"_s, u"WASTED LATER"_s});
    QJsonArray layers;
    for (qsizetype i = 0; i < image.layers.size(); ++i) {
        const ImageFiles::Layer& layer = image.files.layers[i];
        const ChangeCounts counts = layer.tree ? changesOf(*layer.tree) : ChangeCounts();
        const qint64 wasted = layer.tree ? layer.tree->root().wasted : 0;
        table.add({QString::number(i + 1), layer.digest.shortHex(), bytesText(image.layers[i].size),
                   countAndBytes(counts.added, counts.addedBytes),
                   countAndBytes(counts.changed, counts.changedBytes),
                   countAndBytes(counts.deleted, counts.deletedBytes),
                   wasted > 0 ? bytesText(wasted) : u"-"_s});
        layers.append(QJsonObject{{"layer"_L1, i + 1},
                                  {"digest"_L1, layer.digest.toString()},
                                  {"size"_L1, image.layers[i].size},
                                  {"present"_L1, layer.isPresent},
                                  {"problem"_L1, layer.problem},
                                  {"added"_L1, counts.added},
                                  {"addedBytes"_L1, counts.addedBytes},
                                  {"changed"_L1, counts.changed},
                                  {"changedBytes"_L1, counts.changedBytes},
                                  {"deleted"_L1, counts.deleted},
                                  {"deletedBytes"_L1, counts.deletedBytes},
                                  {"wasted"_L1, wasted}});
    }
    const FileNode& root = image.files.merged->root();
    output.text(table.toString());
    output.line(u"%1 in the image, %2; %3 wasted by later layers."_s.arg(
        countText(root.files, u"file"), bytesText(root.size), bytesText(image.files.wasted)));
    output.result("files"_L1,
                  {{"manifest"_L1, image.manifest.toString()},
                   {"count"_L1, root.files},
                   {"bytes"_L1, root.size},
                   {"wasted"_L1, image.files.wasted},
                   {"layers"_L1, layers}});
}

//! One tree: the merged one, or a layer's.
Result<void> showTree(const FilesCommand& command, const ListedImage& image)
{
    const Output& output = *command.context->output;
    const QString path = command.context->arguments.operand(1);
    const bool isLayer = command.layer >= 0;
    if (command.layer >= image.layers.size()) {
        return misused(QString::number(command.layer + 1),
                       u"the image has %1 layers"_s.arg(image.layers.size()));
    }
    const FileTreePtr tree = isLayer ? image.files.layers[command.layer].tree : image.files.merged;
    if (!tree)
        return fail(Error::Code::NotFound, image.layers[command.layer].digest.toString(),
                    image.files.layers[command.layer].problem);
    const auto from = startAt(*tree, path);
    if (!from)
        return std::unexpected(from.error());
    const QList<int> nodes = nodesBelow(*tree, *from, command.context->arguments.has("changed"_L1));
    output.text(linesOf(*tree, nodes, isLayer));
    if (output.isJson()) {
        output.result("files"_L1,
                      {{"manifest"_L1, image.manifest.toString()},
                       {"wasted"_L1, image.files.wasted},
                       {"cutOff"_L1, tree->isCutOff()},
                       {"files"_L1, filesJson(*tree, nodes)}});
    }
    return {};
}

//! `--changed` without a layer: what each of them does, one after another.
Result<void> showChanges(const FilesCommand& command, const ListedImage& image)
{
    const Output& output = *command.context->output;
    const QString path = command.context->arguments.operand(1);
    QJsonArray layers;
    bool isAnywhere = false;
    for (qsizetype i = 0; i < image.layers.size(); ++i) {
        const ImageFiles::Layer& layer = image.files.layers[i];
        const int from = layer.tree ? layer.tree->find(path) : -1;
        const QList<int> nodes = from < 0 ? QList<int>() : nodesBelow(*layer.tree, from, true);
        isAnywhere = isAnywhere || from >= 0;
        output.line(u"Layer %1, %2:"_s.arg(QString::number(i + 1), layer.digest.shortHex()));
        if (layer.tree)
            output.text(linesOf(*layer.tree, nodes, true));
        layers.append(QJsonObject{{"layer"_L1, i + 1},
                                  {"digest"_L1, layer.digest.toString()},
                                  {"problem"_L1, layer.problem},
                                  {"files"_L1, layer.tree ? filesJson(*layer.tree, nodes) : QJsonArray()}});
    }
    if (!isAnywhere)
        return fail(Error::Code::NotFound, path, u"no layer does anything there"_s);
    output.result("files"_L1, {{"manifest"_L1, image.manifest.toString()}, {"layers"_L1, layers}});
    return {};
}

Task<Result<int>> compare(FilesCommand command, std::stop_token stop)
{
    const ContextPtr context = command.context;
    const QString name = context->arguments.value("compare"_L1);
    const auto other = co_await imageNamed(context, name);
    if (!other)
        co_return std::unexpected(other.error());
    const auto tree =
        co_await command.listings->compare(command.of, *other, command.progress(), std::move(stop));
    if (!tree)
        co_return std::unexpected(tree.error());
    const int from = (*tree)->find(context->arguments.operand(1));
    const QList<int> nodes = from < 0 ? QList<int>() : nodesBelow(**tree, from, true);
    context->output->text(linesOf(**tree, nodes, true));
    const ChangeCounts counts = changesOf(**tree);
    if (nodes.isEmpty())
        context->output->note(u"No file differs."_s);
    context->output->result("files"_L1,
                            {{"added"_L1, counts.added},
                             {"changed"_L1, counts.changed},
                             {"deleted"_L1, counts.deleted},
                             {"files"_L1, filesJson(**tree, nodes)}});
    co_return Exit::Done;
}

//! To standard output, on a worker: nothing of a large file is held.
Result<bool> print(const LayerContents::Piece& piece, qint64& position)
{
    static const QByteArray zeros(64 * 1024, '\0');
    const auto write = [](QByteArrayView bytes) {
        // The last piece may be empty, and fwrite() wants to be given something.
        return bytes.isEmpty()
            || std::fwrite(bytes.data(), 1, static_cast<size_t>(bytes.size()), stdout)
            == static_cast<size_t>(bytes.size());
    };
    bool isWritten = true;
    while (isWritten && position < piece.offset) {
        const qint64 step = std::min(piece.offset - position, qint64(zeros.size()));
        isWritten = write(QByteArrayView(zeros).first(step));
        position += step;
    }
    isWritten = isWritten && write(piece.bytes);
    position += piece.bytes.size();
    if (piece.isEnd)
        isWritten = isWritten && std::fflush(stdout) == 0;
    if (!isWritten)
        return fail(Error::fromErrno(errno, u"standard output"_s, u"cannot write"));
    return true;
}

Task<Result<int>> writeOut(FilesCommand command, std::stop_token stop)
{
    const ContextPtr context = command.context;
    const bool saves = context->arguments.has("save"_L1);
    const QString path = context->arguments.value(saves ? "save"_L1 : "cat"_L1);
    const FileInImage file{command.of, path, command.layer};
    if (!saves) {
        const auto position = std::make_shared<qint64>(0);
        auto done = co_await command.listings->stream(
            file, [position](const LayerContents::Piece& piece) { return print(piece, *position); },
            std::move(stop));
        if (!done)
            co_return std::unexpected(std::move(done.error()));
        co_return Exit::Done;
    }
    const QString named = context->arguments.operand(1);
    QString to = QDir::current().absoluteFilePath(named.isEmpty() ? path.section(u'/', -1) : named);
    if (QFileInfo(to).isDir())
        to += u'/' + path.section(u'/', -1);
    auto done = co_await command.listings->save(file, to, std::move(stop));
    if (!done)
        co_return std::unexpected(std::move(done.error()));
    const qint64 size = QFileInfo(to).size();
    context->output->line(u"%1, %2"_s.arg(to, bytesText(size)));
    context->output->result("files"_L1, {{"path"_L1, path}, {"file"_L1, to}, {"size"_L1, size}});
    co_return Exit::Done;
}

Task<Result<int>> list(FilesCommand command, std::stop_token stop)
{
    const auto listed = co_await command.listings->list(command.of, command.progress(), std::move(stop));
    if (!listed)
        co_return std::unexpected(listed.error());
    const Arguments& arguments = command.context->arguments;
    noteProblems(*command.context->output, (*listed)->files);
    Result<void> shown;
    if (arguments.has("layers"_L1))
        showLayers(command, **listed);
    else if (arguments.has("changed"_L1) && command.layer < 0)
        shown = showChanges(command, **listed);
    else
        shown = showTree(command, **listed);
    if (!shown)
        co_return std::unexpected(std::move(shown.error()));
    co_return (*listed)->isWhole ? Exit::Done : Exit::Partly;
}

Task<Result<int>> files(ContextPtr context, std::stop_token stop)
{
    const Arguments& arguments = context->arguments;
    const auto used = checkUse(arguments, context->output->isJson());
    if (!used)
        co_return std::unexpected(used.error());
    const auto layer = layerOf(arguments);
    if (!layer)
        co_return std::unexpected(layer.error());
    const auto of = co_await imageNamed(context, arguments.operand(0));
    if (!of)
        co_return std::unexpected(of.error());
    FilesCommand command;
    command.context = context;
    command.listings =
        std::make_shared<FileListings>(context->session->store(), context->session->paths().dataDirectory);
    command.of = *of;
    command.layer = *layer;
    Result<int> done = Exit::Done;
    if (arguments.has("compare"_L1))
        done = co_await compare(command, std::move(stop));
    else if (arguments.has("save"_L1) || arguments.has("cat"_L1))
        done = co_await writeOut(command, std::move(stop));
    else
        done = co_await list(command, std::move(stop));
    if (!done && done.error().code == Error::Code::NotFound)
        context->output->advise(u"What there is: tagboat-cli files %1"_s.arg(arguments.operand(0)));
    co_return done;
}

} // namespace

QList<Command> fileCommands()
{
    return {{.name = "files"_L1,
             .operands = "REF [PATH]"_L1,
             .least = 1,
             .most = 2,
             .summary = "list the files in an image, compare two images, or take a file out"_L1,
             .options = {{"platform"_L1, 0, "OS/ARCH"_L1, "of an image for several platforms"_L1},
                         {"layer"_L1, 0, "N"_L1, "only what this layer does; 1 is the base"_L1},
                         {"layers"_L1, 0, {}, "what each layer adds, changes, deletes, in numbers"_L1},
                         {"changed"_L1, 0, {}, "the files that each layer adds, changes, deletes"_L1},
                         {"compare"_L1, 0, "REF2"_L1, "what REF2 adds, changes, deletes against REF"_L1},
                         {"cat"_L1, 0, "PATH"_L1, "write a file of the image to standard output"_L1},
                         {"save"_L1, 0, "PATH"_L1,
                          "save a file of the image, to the file named after REF (else by its own name)"_L1}},
             .run = files}};
}

} // namespace Tagboat
