from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('navigation', '0003_marks_and_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='parameters',
            field=models.JSONField(default=dict, help_text='of methods that have a choice: analysis -> name -> value; empty: not kept at that time'),
        ),
        migrations.AddField(
            model_name='edition',
            name='measured',
            field=models.JSONField(help_text='samples with their labels when it was published; null: not published, or before they were kept', null=True),
        ),
    ]
