// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "target.h"

#include "archive/filecomparison.h"
#include "archive/layerindexfile.h"
#include "archive/layermerge.h"
#include "archive/layerreader.h"

#include <QTemporaryFile>

using namespace Tagboat;
using namespace Tagboat::Fuzz;

namespace {

//! Layers on top of each other, whatever they hold, make sound trees.
void merge(const LayerIndexPtr& first, const LayerIndexPtr& second)
{
    LayerMerge merge({.nodes = 10'000});
    merge.add(*first);
    merge.add(*second);
    const LayerMerge::Merged merged = merge.finish();
    qint64 wasted = 0;
    for (const PlacedTree& made : merged.layers) {
        require(made.tree->nodes().size() == made.places.size(), "every node has a place");
        wasted = addedUp(wasted, made.tree->root().wasted);
    }
    require(wasted == merged.wasted, "what is wasted in each layer is what is wasted in all");
    const FileTree& tree = *merged.files.tree;
    for (int i = 1; i < static_cast<int>(tree.nodes().size()); ++i) {
        const FileNode& node = tree.node(i);
        require(node.parent >= 0 && node.parent < i, "folders stand before what is in them");
        require(tree.node(node.parent).kind == FileNode::Kind::Folder,
                "what lies in something lies in a folder");
        require(tree.childNamed(node.parent, node.name) == i, "what stands in a folder is found there");
        require(node.name != QStringLiteral("..") && !node.name.contains(u'/'), "no name leads out");
    }
    FileComparison comparison(merged.files, merged.files,
                              [](const auto& a, const auto& b) { return a == b; });
    require(comparison.doubts().empty() && comparison.finish().tree->nodes().size() == 1,
            "a tree is like itself");
}

LayerIndexPtr readLayer(QByteArrayView bytes)
{
    QTemporaryFile file;
    require(file.open() && file.write(bytes.data(), bytes.size()) == bytes.size() && file.flush(), "a file");
    auto reader = LayerReader::open(file.fileName(), {.entries = 5000, .plainBytes = 1 << 24});
    require(reader.has_value(), "a file is opened");
    while (!(*reader)->step(std::chrono::milliseconds(50))) { }
    return (*reader)->finish();
}

} // namespace

//! The first byte: 0 for a layer's blob, else a cache file.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes = view(data + 1, size - 1);
    if (data[0] != 0) {
        if (const LayerIndexPtr index = readLayerIndex(bytes, 0))
            merge(index, index);
        return 0;
    }
    const LayerIndexPtr index = readLayer(bytes);
    merge(index, index);
    const LayerIndexPtr back = readLayerIndex(writeLayerIndex(*index, 0), 0);
    require(back && back->entries().size() == index->entries().size() && back->names() == index->names(),
            "what was written is read again");
    return 0;
}
