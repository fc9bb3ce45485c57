// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compressionmenu.h"

#include "ui/icons.h"
#include "workbench/workbench.h"

#include <QActionGroup>
#include <QEvent>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Choice
{
    const char* compression; //!< as the settings hold it
    const char* text;
};
constexpr Choice Choices[] = {
    {"gzip:2", QT_TRANSLATE_NOOP("Tagboat::CompressionMenu", "&gzip, fast")},
    {"gzip:6", QT_TRANSLATE_NOOP("Tagboat::CompressionMenu", "g&zip, smaller")},
    {"zstd:3", QT_TRANSLATE_NOOP("Tagboat::CompressionMenu", "z&std, fast")},
    {"zstd:15", QT_TRANSLATE_NOOP("Tagboat::CompressionMenu", "zs&td, smaller")},
};

} // namespace

CompressionMenu::CompressionMenu(Workbench& workbench, QWidget* parent)
    : QMenu(parent), m_workbench(workbench), m_choices(new QActionGroup(this))
{
    setObjectName(u"menuCompression"_s);
    setToolTipsVisible(true);
    setIcon(Tagboat::icon(u"layers"_s)); // QMenu has an icon() too
    const auto choice = [this](const QString& name, const QString& compression) {
        QAction* made = addAction(QString());
        made->setObjectName(name);
        made->setData(compression);
        made->setCheckable(true);
        m_choices->addAction(made);
        return made;
    };
    m_default = choice(u"compressionDefault"_s, {});
    addSeparator();
    for (const Choice& of : Choices) {
        const QString compression = QString::fromLatin1(of.compression);
        choice(u"compression_"_s + QString(compression).replace(u':', u'_'), compression);
    }
    m_other = choice(u"compressionOther"_s, {});
    connect(m_choices, &QActionGroup::triggered, this, [this](const QAction* chosen) {
        const auto compression = LayerCompression::parse(chosen->data().toString());
        m_workbench.setLayerCompression(compression ? std::optional(*compression) : std::nullopt);
    });
    connect(this, &QMenu::aboutToShow, this, &CompressionMenu::showChosen);
    showChosen();
}

void CompressionMenu::showChosen()
{
    const auto compression = m_workbench.layerCompression();
    const QString chosen = compression ? compression->toString() : QString();
    QAction* shown = chosen.isEmpty() ? m_default : m_other;
    for (QAction* action : m_choices->actions()) {
        if (action != m_other && action->data().toString() == chosen)
            shown = action;
    }
    m_other->setVisible(shown == m_other);
    if (shown == m_other)
        m_other->setData(chosen);
    shown->setChecked(true);
    retranslate();
}

void CompressionMenu::retranslate()
{
    setTitle(tr("Layer &compression"));
    setToolTip(tr("How the layers of an imported archive are compressed"));
    m_default->setText(tr("&Default"));
    m_default->setToolTip(tr("gzip, which every registry and every client knows"));
    for (const Choice& of : Choices) {
        for (QAction* action : m_choices->actions()) {
            if (action != m_other && action->data().toString() == QLatin1StringView(of.compression))
                action->setText(tr(of.text));
        }
    }
    m_other->setText(tr("Other (%1)").arg(m_other->data().toString()));
}

void CompressionMenu::changeEvent(QEvent* event)
{
    QMenu::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace Tagboat
