// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/remotedetails.h"

#include "models/jsontext.h"
#include "models/layersmodel.h"
#include "models/text.h"
#include "oci/reference.h"
#include "ui/factsview.h"
#include "ui/itemdelegate.h"
#include "ui/widgettools.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Tagboat {

RemoteDetails::RemoteDetails(FactsView* overview, QComboBox* platforms, QTreeView* layers,
                             QPlainTextEdit* json, QObject* parent)
    : QObject(parent), m_overview(overview), m_platforms(platforms), m_json(json),
      m_layers(new LayersModel(this))
{
    layers->setModel(m_layers);
    layers->setItemDelegate(new ItemDelegate(layers));
    layers->header()->hideSection(LayersModel::SharedWith);
    setColumnWidths(layers->header(), {5, 62, 21, 12});
    stretchColumn(layers, LayersModel::Step, 24, {LayersModel::Layer});
    makeCopyable(layers);
    json->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    connect(platforms, &QComboBox::currentIndexChanged, this, &RemoteDetails::showLayers);
}

void RemoteDetails::show(const RemoteTagsModel::Group* group, const QString& place,
                         const QStringList& localNames)
{
    m_image = group ? group->image : std::nullopt;
    if (!group) {
        m_shown = {};
        m_overview->setFacts({});
        m_json->clear();
        m_platforms->clear();
        m_layers->clear();
        return;
    }
    const QString name = place + u':' + group->tags.first();
    const auto reference = Reference::parse(name);
    const QString familiar = reference ? reference->familiar() : name;
    QStringList platforms;
    QStringList ids;
    if (m_image) {
        for (const RemoteImage::Entry& entry : std::as_const(m_image->entries)) {
            platforms.append(entry.platform.toString() + u"  "_s + formatBytes(entry.size));
            if (!entry.configDigest.isNull())
                ids.append(entry.configDigest.shortHex());
        }
    }
    QList<Fact> facts{
        {.key = u"factName"_s, .label = tr("Name"), .value = familiar, .bold = true},
        {.key = u"factTags"_s, .label = tr("Tags"), .value = group->tags.join(u", "_s)},
        {.key = u"factDigest"_s,
         .label = tr("Digest"),
         .value = group->target.digest.toString(),
         .monospace = true},
        {.key = u"factImageId"_s, .label = tr("Image ID"), .value = ids.join(u", "_s), .monospace = true},
        {.key = u"factHere"_s, .label = tr("On this computer as"), .value = localNames.join(u", "_s)},
        {.key = u"factPlatforms"_s,
         .label = tr("Platforms"),
         .value = platforms.join(u'\n'),
         .copyable = false},
        {.key = u"factArtifact"_s,
         .label = tr("Artifact type"),
         .value = m_image ? m_image->artifactType : QString()},
        {.key = u"factCreated"_s,
         .label = tr("Created"),
         .value = m_image ? formatMoment(m_image->created) : QString(),
         .copyable = false},
        {.key = u"factPull"_s,
         .label = u"docker"_s,
         .value = u"docker pull "_s + familiar,
         .monospace = true},
        {.key = u"factPullDigest"_s,
         .label = tr("exactly this"),
         .value = u"docker pull "_s + place + u'@' + group->target.digest.toString(),
         .monospace = true},
    };
    m_overview->setFacts(facts);
    if (m_shown == group->target.digest && m_platforms->count() > 0)
        return; // the same image with more known of its tags: what was chosen below stays
    m_shown = m_image ? group->target.digest : Digest();
    m_json->setPlainText(m_image ? indentedJson(m_image->root.bytes) : QString());
    const QSignalBlocker quiet(m_platforms);
    m_platforms->clear();
    if (m_image) {
        for (const RemoteImage::Entry& entry : std::as_const(m_image->entries))
            m_platforms->addItem(entry.platform.isEmpty() ? entry.manifest.digest.shortHex()
                                                          : entry.platform.toString());
    }
    m_platforms->setVisible(m_platforms->count() > 1);
    showLayers();
}

void RemoteDetails::showLayers()
{
    const int row = m_platforms->currentIndex();
    if (!m_image || row < 0 || row >= m_image->entries.size()) {
        m_layers->clear();
        return;
    }
    const RemoteImage::Entry& entry = m_image->entries[row];
    QList<StoredLayer> layers;
    for (qsizetype i = 0; i < entry.layers.size(); ++i)
        layers.append(
            {.descriptor = entry.layers[i], .diffId = {}, .step = entry.steps.value(i), .sharedWith = {}});
    m_layers->setLayers(layers, {}, {});
}

} // namespace Tagboat
