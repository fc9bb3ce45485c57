// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/openrepositorydialog.h"

#include "oci/reference.h"
#include "ui/flatstyle.h"
#include "ui/widgettools.h"

#include "ui_openrepositorydialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

OpenRepositoryDialog::OpenRepositoryDialog(const QString& registry, QWidget* parent)
    : QDialog(parent), m_registry(registry), m_ui(std::make_unique<Ui::OpenRepositoryDialog>())
{
    m_ui->setupUi(this);
    setWindowTitle(tr("Open a repository of %1").arg(registry));
    makeMuted(m_ui->statusLabel);
    setPrimary(m_ui->buttons->button(QDialogButtonBox::Open));
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    connect(m_ui->nameEdit, &QLineEdit::textChanged, this, &OpenRepositoryDialog::update);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &OpenRepositoryDialog::accept);
    update();
}

OpenRepositoryDialog::~OpenRepositoryDialog() = default;

QString OpenRepositoryDialog::repository() const
{
    const QString text = m_ui->nameEdit->text().trimmed();
    // Both "gallery/ui" and the full "registry.local:5000/gallery/ui:2.1" are what people have at hand.
    const auto full = Reference::parsePasted(text);
    if (full && full->registry() == m_registry)
        return full->repository();
    const auto own = Reference::parseRepository(QString(m_registry + u'/' + text));
    return own && !text.isEmpty() ? own->repository() : QString();
}

void OpenRepositoryDialog::update()
{
    const QString name = repository();
    m_ui->statusLabel->setText(name.isEmpty() ? QString() : tr("Repository %1 of %2").arg(name, m_registry));
    m_ui->buttons->button(QDialogButtonBox::Open)->setEnabled(!name.isEmpty());
}

void OpenRepositoryDialog::accept()
{
    const QString name = repository();
    if (name.isEmpty())
        return;
    Q_EMIT chosen(name);
    QDialog::accept();
}

} // namespace Tagboat
