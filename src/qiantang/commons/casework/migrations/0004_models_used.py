import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='caseevent',
            name='versions',
            field=models.JSONField(default=dict, help_text='of a decision: card of a model or rules -> version used'),
        ),
        migrations.AddField(
            model_name='casedecision',
            name='versions',
            field=models.JSONField(default=dict, help_text='card of each model or set of rules -> version used'),
        ),
        migrations.AlterField(
            model_name='casedecision',
            name='decided_by',
            field=models.ForeignKey(help_text='never the platform', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
